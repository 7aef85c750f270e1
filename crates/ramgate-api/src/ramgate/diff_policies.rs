//! DiffPolicies.

use super::types::{PolicySource, check_policies};
use super::{RAMGATE, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

operation! {
    /// Compares two sets of policies: equivalent, narrower, wider or incomparable, proven over all actions, resources and
    /// conditions, with everything gained and lost and a request for each that shows it.
    DiffPolicies {
        product: RAMGATE,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: DiffPoliciesRequest,
        response: DiffPoliciesResponse,
        errors: [errors::POLICY_NOT_FOUND, errors::DOCUMENT],
        required: ["New"],
    }
}

/// What [`DiffPolicies`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DiffPoliciesRequest {
    /// The new policies; together they are one side.
    pub new: Vec<PolicySource>,
    /// The old policies; none where absent.
    pub old: Vec<PolicySource>,
}

impl Validate for DiffPoliciesRequest {
    fn validate(&self, checker: &mut Checker) {
        check_policies(checker, "New", &self.new);
        check_policies(checker, "Old", &self.old);
    }
}

/// What [`DiffPolicies`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DiffPoliciesResponse {
    /// `Relation` (`Equivalent`, `Narrower`, `Wider`, `Incomparable`, `Unknown`), `Complete`, `Gained` and `Lost`.
    pub diff: Value,
}

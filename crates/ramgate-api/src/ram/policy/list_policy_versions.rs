//! ListPolicyVersions.

use super::PolicyVersionList;
use crate::ram::{POLICY, RAM, checks, errors, targets};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the versions of a policy.
    ///
    /// Source: RAM API reference 2015-05-01, ListPolicyVersions.
    ListPolicyVersions {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (POLICY, policy_name by targets::policy),
        conditions: [],
        request: ListPolicyVersionsRequest,
        response: ListPolicyVersionsResponse,
        errors: [errors::POLICY_NOT_FOUND],
        required: ["PolicyName", "PolicyType"],
    }
}

/// What [`ListPolicyVersions`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListPolicyVersionsRequest {
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
}

impl Validate for ListPolicyVersionsRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_type(checker, Some(&self.policy_type));
    }
}

/// What [`ListPolicyVersions`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListPolicyVersionsResponse {
    /// The versions.
    pub policy_versions: PolicyVersionList,
}

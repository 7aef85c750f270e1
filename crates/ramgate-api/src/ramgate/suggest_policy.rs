//! SuggestPolicy.

use super::{RAMGATE, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

operation! {
    /// Draws the smallest policy that allows what a principal did in a period from the audit log, proves it on every record,
    /// and lists what it takes away from the policies that the principal has.
    SuggestPolicy {
        product: RAMGATE,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: SuggestPolicyRequest,
        response: SuggestPolicyResponse,
        errors: [errors::PRINCIPAL_NOT_FOUND, errors::NOTHING_TO_SUGGEST, errors::QUESTION],
        required: ["PrincipalArn"],
    }
}

/// What [`SuggestPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SuggestPolicyRequest {
    /// How many days of the log are looked at, 1–3,650; 90 where absent.
    pub days: Option<i64>,
    /// The name of the proposed policy; `least` where absent.
    pub policy_name: Option<String>,
    /// `acs:ram::<account>:user/<name>` or `…:role/<name>`.
    pub principal_arn: String,
    /// What may be said with wildcards: `None`, `ActionFamilies`, `ResourceKinds` or `Both`; `None` where absent.
    pub wildcards: Option<String>,
}

impl Validate for SuggestPolicyRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("Days", self.days, 1, 3650);
        checker.length("PolicyName", self.policy_name.as_deref(), 1, 120);
        let wildcards = ["None", "ActionFamilies", "ResourceKinds", "Both"];
        checker.one_of("Wildcards", self.wildcards.as_deref(), &wildcards);
    }
}

/// What [`SuggestPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SuggestPolicyResponse {
    /// The policies, the proof, and what they drop.
    pub proposal: Value,
}

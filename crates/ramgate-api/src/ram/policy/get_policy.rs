//! GetPolicy.

use super::{Policy, PolicyVersion};
use crate::ram::{POLICY, RAM, checks, errors, targets};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one policy with its default version.
    ///
    /// Source: RAM API reference 2015-05-01, GetPolicy.
    GetPolicy {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (POLICY, policy_name by targets::policy),
        conditions: [],
        request: GetPolicyRequest,
        response: GetPolicyResponse,
        errors: [errors::POLICY_NOT_FOUND],
        required: ["PolicyName", "PolicyType"],
    }
}

/// What [`GetPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetPolicyRequest {
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
}

impl Validate for GetPolicyRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_type(checker, Some(&self.policy_type));
    }
}

/// What [`GetPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyResponse {
    /// The version in force.
    pub default_policy_version: PolicyVersion,
    /// The policy.
    pub policy: Policy,
}

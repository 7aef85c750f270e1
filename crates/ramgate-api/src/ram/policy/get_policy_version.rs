//! GetPolicyVersion.

use super::PolicyVersion;
use crate::ram::{POLICY, RAM, checks, errors, targets};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one version of a policy.
    ///
    /// Source: RAM API reference 2015-05-01, GetPolicyVersion.
    GetPolicyVersion {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (POLICY, policy_name by targets::policy),
        conditions: [],
        request: GetPolicyVersionRequest,
        response: GetPolicyVersionResponse,
        errors: [errors::POLICY_NOT_FOUND, errors::POLICY_VERSION_NOT_FOUND],
        required: ["PolicyName", "PolicyType", "VersionId"],
    }
}

/// What [`GetPolicyVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetPolicyVersionRequest {
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
    /// Such as `v1`.
    pub version_id: String,
}

impl Validate for GetPolicyVersionRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_type(checker, Some(&self.policy_type));
        checks::version_id(checker, Some(&self.version_id));
    }
}

/// What [`GetPolicyVersion`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetPolicyVersionResponse {
    /// The version.
    pub policy_version: PolicyVersion,
}

//! SetDefaultPolicyVersion.

use crate::ram::{POLICY, RAM, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Puts a version of a custom policy in force.
    ///
    /// Source: RAM API reference 2015-05-01, SetDefaultPolicyVersion.
    SetDefaultPolicyVersion {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (POLICY, policy_name),
        conditions: [],
        request: SetDefaultPolicyVersionRequest,
        response: Empty,
        errors: [errors::POLICY_NOT_FOUND, errors::POLICY_VERSION_NOT_FOUND],
        required: ["PolicyName", "VersionId"],
    }
}

/// What [`SetDefaultPolicyVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetDefaultPolicyVersionRequest {
    /// The policy's name.
    pub policy_name: String,
    /// Such as `v1`.
    pub version_id: String,
}

impl Validate for SetDefaultPolicyVersionRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::version_id(checker, Some(&self.version_id));
    }
}

//! DeletePolicyVersion.

use crate::ram::{POLICY, RAM, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a version that is not the default one.
    ///
    /// Source: RAM API reference 2015-05-01, DeletePolicyVersion.
    DeletePolicyVersion {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (POLICY, policy_name),
        conditions: [],
        request: DeletePolicyVersionRequest,
        response: Empty,
        errors: [errors::POLICY_NOT_FOUND, errors::POLICY_VERSION_NOT_FOUND, errors::POLICY_VERSION_IS_DEFAULT],
        required: ["PolicyName", "VersionId"],
    }
}

/// What [`DeletePolicyVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeletePolicyVersionRequest {
    /// The policy's name.
    pub policy_name: String,
    /// Such as `v1`.
    pub version_id: String,
}

impl Validate for DeletePolicyVersionRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::version_id(checker, Some(&self.version_id));
    }
}

//! AttachPolicyToRole.

use crate::ram::{POLICY, RAM, ROLE, checks, errors, targets};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Gives a policy to a role.
    ///
    /// Source: RAM API reference 2015-05-01, AttachPolicyToRole.
    AttachPolicyToRole {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: [(ROLE, role_name), (POLICY, policy_name by targets::policy)],
        conditions: [],
        request: AttachPolicyToRoleRequest,
        response: Empty,
        errors: [
            errors::ROLE_NOT_FOUND,
            errors::SERVICE_LINKED_ROLE_FIXED,
            errors::POLICY_NOT_FOUND,
            errors::ROLE_POLICY_EXISTS,
            errors::ROLE_POLICY_LIMIT,
        ],
        required: ["PolicyType", "PolicyName", "RoleName"],
    }
}

/// What [`AttachPolicyToRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AttachPolicyToRoleRequest {
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
    /// The resource group that the grant is limited to; the whole account where absent.
    pub resource_group_id: Option<String>,
    /// The role's name.
    pub role_name: String,
}

impl Validate for AttachPolicyToRoleRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_type(checker, Some(&self.policy_type));
    }
}

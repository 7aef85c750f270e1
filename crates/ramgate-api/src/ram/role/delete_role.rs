//! DeleteRole.

use crate::ram::{RAM, ROLE, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a role that has no policies. Its sessions end at once.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteRole.
    DeleteRole {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (ROLE, role_name),
        conditions: [],
        request: DeleteRoleRequest,
        response: Empty,
        errors: [errors::ROLE_NOT_FOUND, errors::ROLE_HAS_POLICY, errors::SERVICE_LINKED_ROLE_FIXED],
        required: ["RoleName"],
    }
}

/// What [`DeleteRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteRoleRequest {
    /// The role's name.
    pub role_name: String,
}

impl Validate for DeleteRoleRequest {}

//! DeleteServiceLinkedRole.

use crate::ram::{RAM, SERVICE_NAME, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Starts the removal of a service-linked role.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteServiceLinkedRole.
    DeleteServiceLinkedRole {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [SERVICE_NAME],
        request: DeleteServiceLinkedRoleRequest,
        response: Unbuilt,
        errors: [errors::ROLE_NOT_FOUND, errors::CONCURRENT_TASK_EXCEEDED],
        required: ["RoleName"],
    }
}

/// What [`DeleteServiceLinkedRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteServiceLinkedRoleRequest {
    /// The role's name.
    pub role_name: String,
}

impl Validate for DeleteServiceLinkedRoleRequest {}

//! DeleteServiceLinkedRole.

use crate::ram::{RAM, SERVICE_NAME, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Removes a service-linked role. Its sessions end at once; the task has ended when it is answered.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteServiceLinkedRole.
    DeleteServiceLinkedRole {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [SERVICE_NAME],
        request: DeleteServiceLinkedRoleRequest,
        response: DeleteServiceLinkedRoleResponse,
        errors: [errors::ROLE_NOT_FOUND, errors::NOT_SERVICE_LINKED],
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

/// What [`DeleteServiceLinkedRole`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DeleteServiceLinkedRoleResponse {
    /// The task, `task/<service>/<role>/<id>`.
    pub deletion_task_id: String,
}

//! GetRole.

use super::Role;
use crate::ram::{RAM, ROLE, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one role with its trust policy.
    ///
    /// Source: RAM API reference 2015-05-01, GetRole.
    GetRole {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (ROLE, role_name),
        conditions: [],
        request: GetRoleRequest,
        response: GetRoleResponse,
        errors: [errors::ROLE_NOT_FOUND],
        required: ["RoleName"],
    }
}

/// What [`GetRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetRoleRequest {
    /// The role's name.
    pub role_name: String,
}

impl Validate for GetRoleRequest {}

/// What [`GetRole`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetRoleResponse {
    /// The role.
    pub role: Role,
}

//! ListPoliciesForRole.

use crate::ram::{RAM, ROLE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the policies of a role.
    ///
    /// Source: RAM API reference 2015-05-01, ListPoliciesForRole.
    ListPoliciesForRole {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (ROLE, role_name),
        conditions: [],
        request: ListPoliciesForRoleRequest,
        response: Unbuilt,
        errors: [errors::ROLE_NOT_FOUND],
        required: ["RoleName"],
    }
}

/// What [`ListPoliciesForRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListPoliciesForRoleRequest {
    /// The role's name.
    pub role_name: String,
}

impl Validate for ListPoliciesForRoleRequest {}

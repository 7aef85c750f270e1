//! ListPoliciesForRole.

use super::AttachedPolicyList;
use crate::ram::{RAM, ROLE, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
        response: ListPoliciesForRoleResponse,
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

/// What [`ListPoliciesForRole`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesForRoleResponse {
    /// The policies.
    pub policies: AttachedPolicyList,
}

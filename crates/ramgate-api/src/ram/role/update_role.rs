//! UpdateRole.

use super::Role;
use crate::ram::{RAM, ROLE, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Changes the trust policy, description or session length of a role.
    ///
    /// Source: RAM API reference 2015-05-01, UpdateRole.
    UpdateRole {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (ROLE, role_name),
        conditions: [],
        request: UpdateRoleRequest,
        response: UpdateRoleResponse,
        errors: [errors::ROLE_NOT_FOUND, errors::MALFORMED_POLICY_DOCUMENT],
        required: ["RoleName"],
    }
}

/// What [`UpdateRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateRoleRequest {
    /// Whether sessions may use the console.
    pub new_allow_console_login: Option<bool>,
    /// The new trust policy, JSON.
    pub new_assume_role_policy_document: Option<String>,
    /// The new description, up to 1,024 characters.
    pub new_description: Option<String>,
    /// The longest session in seconds, 3,600–43,200.
    pub new_max_session_duration: Option<i64>,
    /// The role's name.
    pub role_name: String,
}

impl Validate for UpdateRoleRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::trust_policy(checker, self.new_assume_role_policy_document.as_deref());
        checks::description(checker, self.new_description.as_deref());
        checker.range("NewMaxSessionDuration", self.new_max_session_duration, 3600, 43200);
    }
}

/// What [`UpdateRole`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateRoleResponse {
    /// The role.
    pub role: Role,
}

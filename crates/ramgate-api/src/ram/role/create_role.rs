//! CreateRole.

use super::Role;
use crate::ram::{RAM, ROLE, Tag, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a role that those named in its trust policy may assume.
    ///
    /// Source: RAM API reference 2015-05-01, CreateRole.
    CreateRole {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: (ROLE, *),
        conditions: [],
        request: CreateRoleRequest,
        response: CreateRoleResponse,
        errors: [errors::ROLE_EXISTS, errors::ROLE_LIMIT, errors::MALFORMED_POLICY_DOCUMENT],
        required: ["RoleName", "AssumeRolePolicyDocument"],
    }
}

/// What [`CreateRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateRoleRequest {
    /// Whether sessions may use the console.
    pub allow_console_login: Option<bool>,
    /// The trust policy, JSON.
    pub assume_role_policy_document: String,
    /// A description, up to 1,024 characters.
    pub description: Option<String>,
    /// The longest session in seconds, 3,600–43,200; 3,600 where absent.
    pub max_session_duration: Option<i64>,
    /// 1–64 of letters, digits, `.`, `-`.
    pub role_name: String,
    /// Tags, at most 20.
    pub tag: Vec<Tag>,
}

impl Validate for CreateRoleRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::trust_policy(checker, Some(&self.assume_role_policy_document));
        checks::description(checker, self.description.as_deref());
        checker.range("MaxSessionDuration", self.max_session_duration, 3600, 43200);
        checks::role_name(checker, &self.role_name);
        checks::tags(checker, &self.tag);
    }
}

/// What [`CreateRole`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateRoleResponse {
    /// The role.
    pub role: Role,
}

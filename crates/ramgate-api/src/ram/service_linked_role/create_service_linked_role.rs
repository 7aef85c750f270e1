//! CreateServiceLinkedRole.

use crate::ram::{RAM, Role, SERVICE_NAME, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes the role that a service acts under.
    ///
    /// Source: RAM API reference 2015-05-01, CreateServiceLinkedRole.
    CreateServiceLinkedRole {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [SERVICE_NAME],
        request: CreateServiceLinkedRoleRequest,
        response: CreateServiceLinkedRoleResponse,
        errors: [errors::ROLE_EXISTS, errors::ROLE_LIMIT, errors::SERVICE_NAME_UNKNOWN],
        required: ["ServiceName"],
    }
}

/// What [`CreateServiceLinkedRole`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateServiceLinkedRoleRequest {
    /// 1–64 letters, digits, `.`, `-` added to the role's name; only for services that may have several roles.
    pub custom_suffix: Option<String>,
    /// A description, up to 1,024 characters.
    pub description: Option<String>,
    /// The service's name, such as `audit.log.aliyuncs.com`.
    pub service_name: String,
}

impl Validate for CreateServiceLinkedRoleRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::custom_suffix(checker, self.custom_suffix.as_deref());
        checks::description(checker, self.description.as_deref());
    }
}

/// What [`CreateServiceLinkedRole`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateServiceLinkedRoleResponse {
    /// The role.
    pub role: Role,
}

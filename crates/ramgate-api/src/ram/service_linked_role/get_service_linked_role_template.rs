//! GetServiceLinkedRoleTemplate.

use crate::ram::{RAM, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns what the role of a service would look like.
    ///
    /// Source: RAM API reference 2015-05-01, GetServiceLinkedRoleTemplate.
    GetServiceLinkedRoleTemplate {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetServiceLinkedRoleTemplateRequest,
        response: GetServiceLinkedRoleTemplateResponse,
        errors: [errors::SERVICE_NAME_UNKNOWN],
        required: ["ServiceName"],
    }
}

/// What [`GetServiceLinkedRoleTemplate`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetServiceLinkedRoleTemplateRequest {
    /// The service's name, such as `audit.log.aliyuncs.com`.
    pub service_name: String,
}

impl Validate for GetServiceLinkedRoleTemplateRequest {}

/// What [`GetServiceLinkedRoleTemplate`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetServiceLinkedRoleTemplateResponse {
    /// The template.
    pub service_linked_role_template: ServiceLinkedRoleTemplate,
}

/// What the role of a service would look like.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceLinkedRoleTemplate {
    /// Whether the service may have several roles, told apart by suffixes.
    pub multiple_roles_allowed: bool,
    /// What the role is for, by language.
    pub role_descriptions: RoleDescriptions,
    /// What the role's name begins with.
    pub role_name_prefix: String,
    /// The service.
    pub service_name: String,
    /// The policy that the role would have in the cloud.
    pub system_policy_name: String,
}

/// Descriptions, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RoleDescriptions {
    /// The descriptions.
    pub role_description: Vec<RoleDescription>,
}

/// A description in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RoleDescription {
    /// The text.
    pub description: String,
    /// `en-US`, for example.
    pub language: String,
}

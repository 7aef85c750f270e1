//! Shapes that role operations share.

use crate::ram::PolicyTags;
use schemars::JsonSchema;
use serde::Serialize;

/// A role. Which fields an answer holds depends on the operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Role {
    /// Whether sessions may use the console.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow_console_login: Option<bool>,
    /// The resource name, the role's name in lower case.
    pub arn: String,
    /// The trust policy, byte for byte as given.
    pub assume_role_policy_document: String,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// A description, up to 1,024 characters.
    pub description: String,
    /// Whether it belongs to a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_service_linked_role: Option<bool>,
    /// The last attempt to remove a service-linked role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_deletion_task: Option<LatestDeletionTask>,
    /// The longest session in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_session_duration: Option<i64>,
    /// The id, never reused.
    pub role_id: String,
    /// The name as it was given.
    pub role_name: String,
    /// `<name>@role.<account>.onaliyunservice.com`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_principal_name: Option<String>,
    /// When it was last changed, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_date: Option<String>,
}

/// An attempt to remove a service-linked role. Removal here is immediate, so a role that can be shown has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LatestDeletionTask {
    /// When it began, UTC.
    pub create_date: String,
    /// Its id.
    pub deletion_task_id: String,
}

/// A role as lists show it: without its trust policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListedRole {
    /// Whether sessions may use the console.
    pub allow_console_login: bool,
    /// The resource name, the role's name in lower case.
    pub arn: String,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// A description.
    pub description: String,
    /// The longest session in seconds.
    pub max_session_duration: i64,
    /// The id, never reused.
    pub role_id: String,
    /// The name as it was given.
    pub role_name: String,
    /// Its tags; absent without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<PolicyTags>,
    /// When it was last changed, UTC.
    pub update_date: String,
}

/// Roles, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RoleList {
    /// The roles.
    pub role: Vec<ListedRole>,
}

//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// Policies that a principal has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedPolicyList {
    /// The policies.
    pub policy: Vec<AttachedPolicy>,
}

/// A policy that a principal has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedPolicy {
    /// When it was given, UTC.
    pub attach_date: String,
    /// The version in force, such as `v1`.
    pub default_version: String,
    /// A description, up to 1,024 characters.
    pub description: String,
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
}

/// Groups that have a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedGroups {
    /// The groups.
    pub group: Vec<AttachedGroup>,
}

/// A group that has a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedGroup {
    /// When it was given, UTC.
    pub attach_date: String,
    /// A remark, up to 128 characters.
    pub comments: String,
    /// The group's name.
    pub group_name: String,
}

/// Roles that have a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedRoles {
    /// The roles.
    pub role: Vec<AttachedRole>,
}

/// A role that has a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedRole {
    /// The resource name.
    pub arn: String,
    /// When it was given, UTC.
    pub attach_date: String,
    /// A description, up to 1,024 characters.
    pub description: String,
    /// The id.
    pub role_id: String,
    /// The role's name.
    pub role_name: String,
}

/// Users that have a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedUsers {
    /// The users.
    pub user: Vec<AttachedUser>,
}

/// A user that has a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AttachedUser {
    /// When it was given, UTC.
    pub attach_date: String,
    /// The name shown, 1–128 characters.
    pub display_name: String,
    /// The id, never reused.
    pub user_id: String,
    /// The logon name.
    pub user_name: String,
}

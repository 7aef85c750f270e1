//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// A system or custom policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Policy {
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// The version in force, such as `v1`.
    pub default_version: String,
    /// A description, up to 1,024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
    /// How many principals have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_count: Option<i32>,
    /// The document of the default version. Superseded by `DefaultPolicyVersion`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_document: Option<String>,
    /// When it was last changed, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_date: Option<String>,
    /// Its tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<PolicyTags>,
}

/// A version of a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyVersion {
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// Whether it is in force.
    pub is_default_version: bool,
    /// The document, byte for byte as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_document: Option<String>,
    /// Such as `v1`.
    pub version_id: String,
}

/// Policies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyList {
    /// The policies.
    pub policy: Vec<Policy>,
}

/// Tags of a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyTags {
    /// The tags.
    pub tag: Vec<PolicyTag>,
}

/// A tag in an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyTag {
    /// The key.
    pub tag_key: String,
    /// The value.
    pub tag_value: String,
}

/// Versions of a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyVersionList {
    /// The versions, newest first.
    pub policy_version: Vec<PolicyVersion>,
}

//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// One tag of one user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct TagResource {
    /// The user's id.
    pub resource_id: String,
    /// `user`.
    pub resource_type: String,
    /// The key.
    pub tag_key: String,
    /// The value.
    pub tag_value: String,
}

/// Tags, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct TagResourceList {
    /// The tags.
    pub tag_resource: Vec<TagResource>,
}

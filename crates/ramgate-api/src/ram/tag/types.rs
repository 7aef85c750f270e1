//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A tag in a request.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct Tag {
    /// 1–128 characters, beginning with neither `acs:` nor `aliyun`.
    pub key: String,
    /// Up to 256 characters; may be empty.
    pub value: String,
}

/// One tag of one resource.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct TagResource {
    /// The name of the role or policy.
    pub resource_name: String,
    /// `role` or `policy`.
    pub resource_type: String,
    /// The key.
    pub tag_key: String,
    /// The value.
    pub tag_value: String,
}

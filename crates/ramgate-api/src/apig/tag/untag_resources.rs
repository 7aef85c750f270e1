//! UntagResources.

use crate::apig::{APIG, GATEWAY, errors, targets};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes tags from gateways.
    ///
    /// Source: APIG API reference 2024-03-27, UntagResources.
    UntagResources {
        product: APIG,
        bind: (DELETE "/v1/tags"),
        access: None,
        resource: (GATEWAY, resource_id by targets::tagged),
        conditions: [],
        request: UntagResourcesRequest,
        response: Unbuilt,
        errors: [errors::UNSUPPORTED_TAG_RESOURCE_TYPE, errors::GATEWAY_NOT_FOUND],
        required: ["ResourceType", "ResourceId"],
    }
}

/// What [`UntagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UntagResourcesRequest {
    /// Whether to take all tags away; counts only without `TagKey`.
    #[serde(rename = "All")]
    pub all: Option<bool>,
    /// Ids of gateways, at most 50.
    #[serde(rename = "ResourceId")]
    pub resource_id: Vec<String>,
    /// `Gateway`; letter case does not matter.
    #[serde(rename = "ResourceType")]
    pub resource_type: String,
    /// Keys of the tags to take away.
    #[serde(rename = "TagKey")]
    pub tag_key: Vec<String>,
}

impl Validate for UntagResourcesRequest {}

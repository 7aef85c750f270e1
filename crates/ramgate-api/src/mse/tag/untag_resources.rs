//! UntagResources.

use crate::mse::{MSE, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes tags from gateways or clusters.
    ///
    /// Source: MSE API reference 2019-05-31, UntagResources.
    UntagResources {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: ALL,
        conditions: [],
        request: UntagResourcesRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["RegionId", "ResourceType", "ResourceId"],
    }
}

/// What [`UntagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UntagResourcesRequest {
    /// Whether to take all tags away; counts only without `TagKey`.
    pub all: Option<bool>,
    /// The region.
    pub region_id: String,
    /// Ids, at most 50.
    pub resource_id: Vec<String>,
    /// `GATEWAY` or `CLUSTER`.
    pub resource_type: String,
    /// Keys of the tags to take away.
    pub tag_key: Vec<String>,
}

impl Validate for UntagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("ResourceType", Some(&self.resource_type), &["CLUSTER", "GATEWAY"]);
        checker.count("ResourceId", self.resource_id.len(), 50);
    }
}

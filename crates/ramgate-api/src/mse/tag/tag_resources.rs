//! TagResources.

use super::Tag;
use crate::mse::{MSE, checks, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Puts tags on gateways or clusters.
    ///
    /// Source: MSE API reference 2019-05-31, TagResources.
    TagResources {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: ALL,
        conditions: [],
        request: TagResourcesRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["RegionId", "ResourceType", "ResourceId", "Tag"],
    }
}

/// What [`TagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct TagResourcesRequest {
    /// The region.
    pub region_id: String,
    /// Ids, at most 50.
    pub resource_id: Vec<String>,
    /// `GATEWAY` or `CLUSTER`.
    pub resource_type: String,
    /// Tags, at most 20.
    pub tag: Vec<Tag>,
}

impl Validate for TagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("ResourceType", Some(&self.resource_type), &["CLUSTER", "GATEWAY"]);
        checks::tags(checker, &self.tag);
        checker.count("ResourceId", self.resource_id.len(), 50);
    }
}

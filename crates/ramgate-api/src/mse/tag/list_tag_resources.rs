//! ListTagResources.

use super::Tag;
use crate::mse::MSE;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the tags of gateways or clusters, page by page.
    ///
    /// Source: MSE API reference 2019-05-31, ListTagResources.
    ListTagResources {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: ListTagResourcesRequest,
        response: Unbuilt,
        errors: [],
        required: ["RegionId", "ResourceType"],
    }
}

/// What [`ListTagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListTagResourcesRequest {
    /// Where the next page begins, as the answer before gave it.
    pub next_token: Option<String>,
    /// The region.
    pub region_id: String,
    /// Ids, at most 50.
    pub resource_id: Vec<String>,
    /// `GATEWAY` or `CLUSTER`.
    pub resource_type: String,
    /// Only these tags.
    pub tag: Vec<Tag>,
}

impl Validate for ListTagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("ResourceType", Some(&self.resource_type), &["CLUSTER", "GATEWAY"]);
        checker.count("ResourceId", self.resource_id.len(), 50);
    }
}

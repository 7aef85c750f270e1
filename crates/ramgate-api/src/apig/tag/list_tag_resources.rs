//! ListTagResources.

use super::TagFilter;
use crate::apig::{APIG, GATEWAY, errors, targets};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the tags of gateways, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListTagResources.
    ListTagResources {
        product: APIG,
        bind: (GET "/v1/tags"),
        access: None,
        resource: (GATEWAY, resource_id by targets::tagged),
        conditions: [],
        request: ListTagResourcesRequest,
        response: Unbuilt,
        errors: [errors::BOTH_EMPTY, errors::UNSUPPORTED_TAG_RESOURCE_TYPE],
        required: ["ResourceType"],
    }
}

/// What [`ListTagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListTagResourcesRequest {
    /// Where the next page begins, as the answer before gave it.
    #[serde(rename = "NextToken")]
    pub next_token: Option<String>,
    /// Ids of gateways, at most 50.
    #[serde(rename = "ResourceId")]
    pub resource_id: Vec<String>,
    /// `Gateway`; letter case does not matter.
    #[serde(rename = "ResourceType")]
    pub resource_type: String,
    /// Only these tags, at most 20.
    #[serde(rename = "Tag")]
    pub tag: Vec<TagFilter>,
}

impl Validate for ListTagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("ResourceType", Some(&self.resource_type), &["Gateway"]);
        checker.count("Tag", self.tag.len(), 20);
        if self.resource_id.is_empty() && self.tag.is_empty() {
            checker.problem_as(&errors::BOTH_EMPTY, "One of ResourceId and Tag is needed.");
        }
    }
}

//! TagResources.

use crate::apig::Tag;
use crate::apig::{APIG, GATEWAY, checks, errors, targets};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Puts tags on gateways.
    ///
    /// Source: APIG API reference 2024-03-27, TagResources.
    TagResources {
        product: APIG,
        bind: (POST "/v1/tags"),
        access: None,
        resource: (GATEWAY, resource_id by targets::tagged),
        conditions: [],
        request: TagResourcesRequest,
        response: Unbuilt,
        errors: [errors::UNSUPPORTED_TAG_RESOURCE_TYPE, errors::GATEWAY_NOT_FOUND],
        required: ["resourceType", "resourceId", "tag"],
    }
}

/// What [`TagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct TagResourcesRequest {
    /// Ids of gateways, at most 50.
    pub resource_id: Vec<String>,
    /// `Gateway`; letter case does not matter.
    pub resource_type: String,
    /// Tags, at most 20.
    pub tag: Vec<Tag>,
}

impl Validate for TagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::tags(checker, &self.tag);
    }
}

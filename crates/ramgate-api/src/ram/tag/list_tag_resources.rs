//! ListTagResources.

use super::{Tag, TagResource};
use crate::ram::{POLICY, RAM, ROLE, targets};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the tags of roles or policies, page by page.
    ///
    /// Source: RAM API reference 2015-05-01, ListTagResources.
    ListTagResources {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (one of [POLICY, ROLE], resource_names by targets::tagged),
        conditions: [],
        request: ListTagResourcesRequest,
        response: ListTagResourcesResponse,
        errors: [],
        required: ["ResourceType"],
    }
}

/// What [`ListTagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListTagResourcesRequest {
    /// Where the next page begins, as the answer before gave it.
    pub next_token: Option<String>,
    /// Size of the page, 1–100.
    pub page_size: Option<i32>,
    /// Names of roles or policies, at most 50.
    pub resource_names: Vec<String>,
    /// `role` or `policy`.
    pub resource_type: String,
    /// Only these tags.
    pub tag: Vec<Tag>,
}

impl Validate for ListTagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("PageSize", self.page_size.map(i64::from), 1, 100);
        checker.count("ResourceNames", self.resource_names.len(), 50);
        checker.one_of("ResourceType", Some(&self.resource_type), &["role", "policy"]);
    }
}

/// What [`ListTagResources`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagResourcesResponse {
    /// Where the next page begins, as the answer before gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// The tags.
    pub tag_resources: Vec<TagResource>,
}

//! ListTagResources.

use super::TagResourceList;
use crate::ims::{IMS, checks, targets};
use crate::ram::{Tag, USER, errors as ram};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists tags of users, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, ListTagResources.
    ListTagResources {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (USER, resource_id by targets::tagged),
        conditions: [],
        request: ListTagResourcesRequest,
        response: ListTagResourcesResponse,
        errors: [ram::USER_NOT_FOUND],
        required: ["ResourceType"],
    }
}

/// What [`ListTagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListTagResourcesRequest {
    /// Where the next page begins, as the answer before gave it.
    pub next_token: Option<String>,
    /// Size of the page, 1–100; 100 where absent.
    pub page_size: Option<i32>,
    /// Ids of the users, at most 50; either these or principal names.
    pub resource_id: Vec<String>,
    /// Logon names of the users with their domains, at most 50; either these or ids.
    pub resource_principal_name: Vec<String>,
    /// `user`.
    pub resource_type: String,
    /// Only users that have all of these tags, and only these tags; a tag without a value stands for the key alone.
    pub tag: Vec<Tag>,
}

impl Validate for ListTagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::tagged(checker, &self.resource_type, &self.resource_id, &self.resource_principal_name, false);
        checker.range("PageSize", self.page_size.map(i64::from), 1, 100);
        checker.count("Tag", self.tag.len(), 20);
    }
}

/// What [`ListTagResources`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListTagResourcesResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// The tags.
    pub tag_resources: TagResourceList,
}

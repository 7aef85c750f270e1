//! ListGroups.

use super::GroupList;
use crate::ram::{GROUP, RAM};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the groups of the account, page by page.
    ///
    /// Source: RAM API reference 2015-05-01, ListGroups.
    ListGroups {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (GROUP, *),
        conditions: [],
        request: ListGroupsRequest,
        response: ListGroupsResponse,
        errors: [],
    }
}

/// What [`ListGroups`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGroupsRequest {
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–100; 100 where absent.
    pub max_items: Option<i32>,
}

impl Validate for ListGroupsRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 100);
    }
}

/// What [`ListGroups`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsResponse {
    /// The groups.
    pub groups: GroupList,
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
}

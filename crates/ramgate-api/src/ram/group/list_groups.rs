//! ListGroups.

use crate::ram::{GROUP, RAM};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        response: Unbuilt,
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

//! ListUsersForGroup.

use super::MemberList;
use crate::ram::{GROUP, RAM, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the members of a group, page by page.
    ///
    /// Source: RAM API reference 2015-05-01, ListUsersForGroup.
    ListUsersForGroup {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (GROUP, group_name),
        conditions: [],
        request: ListUsersForGroupRequest,
        response: ListUsersForGroupResponse,
        errors: [errors::GROUP_NOT_FOUND],
        required: ["GroupName"],
    }
}

/// What [`ListUsersForGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListUsersForGroupRequest {
    /// The group's name.
    pub group_name: String,
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–1,000; 100 where absent.
    pub max_items: Option<i32>,
}

impl Validate for ListUsersForGroupRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 1000);
    }
}

/// What [`ListUsersForGroup`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsersForGroupResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The members.
    pub users: MemberList,
}

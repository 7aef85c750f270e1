//! ListUsers.

use super::UserList;
use crate::ram::{RAM, USER};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the users of the account, page by page.
    ///
    /// Source: RAM API reference 2015-05-01, ListUsers.
    ListUsers {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (USER, *),
        conditions: [],
        request: ListUsersRequest,
        response: ListUsersResponse,
        errors: [],
    }
}

/// What [`ListUsers`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListUsersRequest {
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–1,000; 100 where absent.
    pub max_items: Option<i32>,
}

impl Validate for ListUsersRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 1000);
    }
}

/// What [`ListUsers`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsersResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins, as the answer before gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The users.
    pub users: UserList,
}

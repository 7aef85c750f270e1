//! ListUsers.

use super::UserList;
use crate::ims::{IMS, checks};
use crate::ram::{Tag, USER};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the users of the account, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, ListUsers.
    ListUsers {
        product: IMS,
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
    /// Size of the page, 1–1,000; 1,000 where absent.
    pub max_items: Option<i32>,
    /// `active`, `freeze` or both, separated by a comma; `active` where absent. May not be given beside tags.
    pub status: Option<String>,
    /// Only users that have all of these tags; a tag without a value stands for the key alone. At most 20.
    pub tag: Vec<Tag>,
}

impl Validate for ListUsersRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 1000);
        checks::user_filter(checker, self.status.as_deref(), &self.tag);
    }
}

/// What [`ListUsers`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsersResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The users.
    pub users: UserList,
}

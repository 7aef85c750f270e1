//! ListUsersInRecycleBin.

use super::RecycledUserList;
use crate::ims::IMS;
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the users in the recycle bin, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, ListUsersInRecycleBin.
    ListUsersInRecycleBin {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListUsersInRecycleBinRequest,
        response: ListUsersInRecycleBinResponse,
        errors: [],
    }
}

/// What [`ListUsersInRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListUsersInRecycleBinRequest {
    /// `UserPrincipalName eq <name>@<domain>`: only those of this logon name.
    pub filter: Option<String>,
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–100; 100 where absent.
    pub max_items: Option<i32>,
}

impl Validate for ListUsersInRecycleBinRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 100);
    }
}

/// What [`ListUsersInRecycleBin`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListUsersInRecycleBinResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The users.
    pub users: RecycledUserList,
}

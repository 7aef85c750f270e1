//! ListRoles.

use super::RoleList;
use crate::ram::{RAM, ROLE, Tag};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the roles of the account, page by page.
    ///
    /// Source: RAM API reference 2015-05-01, ListRoles.
    ListRoles {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (ROLE, *),
        conditions: [],
        request: ListRolesRequest,
        response: ListRolesResponse,
        errors: [],
    }
}

/// What [`ListRoles`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListRolesRequest {
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–1,000; 100 where absent.
    pub max_items: Option<i32>,
    /// Only what has all of these tags.
    pub tag: Vec<Tag>,
}

impl Validate for ListRolesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 1000);
    }
}

/// What [`ListRoles`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListRolesResponse {
    /// Whether more pages follow.
    pub is_truncated: bool,
    /// Where the next page begins, as the answer before gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// The roles.
    pub roles: RoleList,
}

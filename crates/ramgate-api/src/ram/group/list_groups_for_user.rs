//! ListGroupsForUser.

use super::JoinedGroupList;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the groups that a user is in.
    ///
    /// Source: RAM API reference 2015-05-01, ListGroupsForUser.
    ListGroupsForUser {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (USER, user_name),
        conditions: [],
        request: ListGroupsForUserRequest,
        response: ListGroupsForUserResponse,
        errors: [errors::USER_NOT_FOUND],
        required: ["UserName"],
    }
}

/// What [`ListGroupsForUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGroupsForUserRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for ListGroupsForUserRequest {}

/// What [`ListGroupsForUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsForUserResponse {
    /// The groups.
    pub groups: JoinedGroupList,
}

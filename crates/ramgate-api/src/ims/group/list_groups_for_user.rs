//! ListGroupsForUser.

use super::JoinedGroupList;
use crate::ims::{IMS, targets};
use crate::ram::{USER, errors as ram};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the groups that a user is in.
    ///
    /// Source: IMS API reference 2019-08-15, ListGroupsForUser.
    ListGroupsForUser {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (USER, user_principal_name by targets::by_principal_name),
        conditions: [],
        request: ListGroupsForUserRequest,
        response: ListGroupsForUserResponse,
        errors: [ram::USER_NOT_FOUND],
        required: ["UserPrincipalName"],
    }
}

/// What [`ListGroupsForUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGroupsForUserRequest {
    /// The user's logon name with its domain, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for ListGroupsForUserRequest {}

/// What [`ListGroupsForUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListGroupsForUserResponse {
    /// The groups.
    pub groups: JoinedGroupList,
}

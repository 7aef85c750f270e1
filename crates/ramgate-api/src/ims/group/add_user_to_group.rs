//! AddUserToGroup.

use crate::ims::{IMS, targets};
use crate::ram::{GROUP, USER, errors as ram};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Adds a user to a group. Needs permission on both.
    ///
    /// Source: IMS API reference 2019-08-15, AddUserToGroup.
    AddUserToGroup {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: [(USER, user_principal_name by targets::by_principal_name), (GROUP, group_name)],
        conditions: [],
        request: AddUserToGroupRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND, ram::GROUP_NOT_FOUND, ram::USER_IS_IN_GROUP, ram::USER_GROUP_LIMIT],
        required: ["UserPrincipalName", "GroupName"],
    }
}

/// What [`AddUserToGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddUserToGroupRequest {
    /// The group's name, without regard to case.
    pub group_name: String,
    /// The user's logon name with its domain, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for AddUserToGroupRequest {}

//! AddUserToGroup.

use crate::ram::{GROUP, RAM, USER, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Adds a user to a group.
    ///
    /// Source: RAM API reference 2015-05-01, AddUserToGroup.
    AddUserToGroup {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: [(USER, user_name), (GROUP, group_name)],
        conditions: [],
        request: AddUserToGroupRequest,
        response: Empty,
        errors: [errors::USER_NOT_FOUND, errors::GROUP_NOT_FOUND, errors::USER_IS_IN_GROUP, errors::USER_GROUP_LIMIT],
        required: ["UserName", "GroupName"],
    }
}

/// What [`AddUserToGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddUserToGroupRequest {
    /// The group's name.
    pub group_name: String,
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for AddUserToGroupRequest {}

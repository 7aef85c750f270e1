//! RemoveUserFromGroup.

use crate::ram::{GROUP, RAM, USER, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes a user out of a group.
    ///
    /// Source: RAM API reference 2015-05-01, RemoveUserFromGroup.
    RemoveUserFromGroup {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: [(USER, user_name), (GROUP, group_name)],
        conditions: [],
        request: RemoveUserFromGroupRequest,
        response: Empty,
        errors: [errors::USER_NOT_FOUND, errors::GROUP_NOT_FOUND, errors::USER_GROUP_NOT_FOUND],
        required: ["UserName", "GroupName"],
    }
}

/// What [`RemoveUserFromGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RemoveUserFromGroupRequest {
    /// The group's name.
    pub group_name: String,
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for RemoveUserFromGroupRequest {}

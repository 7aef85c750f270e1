//! RemoveUserFromGroup.

use crate::ims::{IMS, targets};
use crate::ram::{GROUP, USER, errors as ram};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes a user out of a group. Needs permission on both.
    ///
    /// Source: IMS API reference 2019-08-15, RemoveUserFromGroup.
    RemoveUserFromGroup {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: [(USER, user_principal_name by targets::by_principal_name), (GROUP, group_name)],
        conditions: [],
        request: RemoveUserFromGroupRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND, ram::GROUP_NOT_FOUND, ram::USER_GROUP_NOT_FOUND],
        required: ["UserPrincipalName", "GroupName"],
    }
}

/// What [`RemoveUserFromGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RemoveUserFromGroupRequest {
    /// The group's name, without regard to case.
    pub group_name: String,
    /// The user's logon name with its domain, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for RemoveUserFromGroupRequest {}

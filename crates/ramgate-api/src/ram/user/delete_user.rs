//! DeleteUser.

use crate::ram::{RAM, USER, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a user that has no groups, keys, console logon, MFA device or policies.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteUser.
    DeleteUser {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (USER, user_name),
        conditions: [],
        request: DeleteUserRequest,
        response: Empty,
        errors: [
            errors::USER_NOT_FOUND,
            errors::USER_IN_GROUP,
            errors::USER_HAS_ACCESS_KEY,
            errors::USER_HAS_LOGIN_PROFILE,
            errors::USER_HAS_MFA_DEVICE,
            errors::USER_HAS_POLICY,
        ],
        required: ["UserName"],
    }
}

/// What [`DeleteUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteUserRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for DeleteUserRequest {}

//! GetUser.

use super::User;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one user.
    ///
    /// Source: RAM API reference 2015-05-01, GetUser.
    GetUser {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (USER, user_name),
        conditions: [],
        request: GetUserRequest,
        response: GetUserResponse,
        errors: [errors::USER_NOT_FOUND],
        required: ["UserName"],
    }
}

/// What [`GetUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetUserRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for GetUserRequest {}

/// What [`GetUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserResponse {
    /// The user.
    pub user: User,
}

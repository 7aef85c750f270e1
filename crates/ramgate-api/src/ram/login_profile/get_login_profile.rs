//! GetLoginProfile.

use super::LoginProfile;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns how a user logs on to the console.
    ///
    /// Source: RAM API reference 2015-05-01, GetLoginProfile.
    GetLoginProfile {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (USER, user_name),
        conditions: [],
        request: GetLoginProfileRequest,
        response: GetLoginProfileResponse,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_NOT_FOUND],
        required: ["UserName"],
    }
}

/// What [`GetLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetLoginProfileRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for GetLoginProfileRequest {}

/// What [`GetLoginProfile`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetLoginProfileResponse {
    /// How the user logs on.
    pub login_profile: LoginProfile,
}

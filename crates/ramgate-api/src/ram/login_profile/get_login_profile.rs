//! GetLoginProfile.

use crate::ram::{RAM, USER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        response: Unbuilt,
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

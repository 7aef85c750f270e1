//! GetLoginProfile.

use super::LoginProfile;
use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns how a user logs on to the console.
    ///
    /// Source: IMS API reference 2019-08-15, GetLoginProfile.
    GetLoginProfile {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: GetLoginProfileRequest,
        response: GetLoginProfileResponse,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_NOT_FOUND],
        required: ["UserPrincipalName"],
    }
}

/// What [`GetLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetLoginProfileRequest {
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for GetLoginProfileRequest {}

/// What [`GetLoginProfile`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetLoginProfileResponse {
    /// How the user logs on.
    pub login_profile: LoginProfile,
}

//! UpdateLoginProfile.

use crate::ram::{RAM, USER, errors};
use crate::{Secret, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes how a user logs on to the console.
    ///
    /// Source: RAM API reference 2015-05-01, UpdateLoginProfile.
    UpdateLoginProfile {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (USER, user_name),
        conditions: [],
        request: UpdateLoginProfileRequest,
        response: Unbuilt,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_NOT_FOUND, errors::PASSWORD_TOO_WEAK],
        required: ["UserName"],
    }
}

/// What [`UpdateLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateLoginProfileRequest {
    /// Whether the user must bind an MFA device at the next logon.
    #[serde(rename = "MFABindRequired")]
    pub mfa_bind_required: Option<bool>,
    /// The password; it must satisfy the password policy.
    pub password: Option<Secret>,
    /// Whether the user must set a new password at the next logon.
    pub password_reset_required: Option<bool>,
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for UpdateLoginProfileRequest {}

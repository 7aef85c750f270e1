//! UpdateLoginProfile.

use crate::ram::{RAM, USER, checks, errors};
use crate::{Checker, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
        response: UpdateLoginProfileResponse,
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
    /// A new password; it must satisfy the password policy.
    pub password: Option<Secret>,
    /// Makes a password, which the answer shows once. Of Ramgate alone.
    pub generate_password: Option<bool>,
    /// Whether the user must set a new password at the next logon.
    pub password_reset_required: Option<bool>,
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for UpdateLoginProfileRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::given_or_generated(checker, self.password.is_some(), self.generate_password == Some(true));
    }
}

/// What [`UpdateLoginProfile`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateLoginProfileResponse {
    /// A password made by `GeneratePassword`: shown here and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

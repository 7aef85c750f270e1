//! CreateLoginProfile.

use super::LoginProfile;
use crate::ram::{RAM, USER, checks, errors};
use crate::{Checker, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lets a user log on to the console.
    ///
    /// Source: RAM API reference 2015-05-01, CreateLoginProfile.
    CreateLoginProfile {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: (USER, user_name),
        conditions: [],
        request: CreateLoginProfileRequest,
        response: CreateLoginProfileResponse,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_EXISTS, errors::PASSWORD_TOO_WEAK],
        required: ["UserName"],
    }
}

/// What [`CreateLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateLoginProfileRequest {
    /// Whether the user must bind an MFA device at the next logon.
    #[serde(rename = "MFABindRequired")]
    pub mfa_bind_required: Option<bool>,
    /// The password; it must satisfy the password policy. Needed unless one is made.
    pub password: Option<Secret>,
    /// Makes a password, which the answer shows once. Of Ramgate alone.
    pub generate_password: Option<bool>,
    /// Whether the user must set a new password at the next logon.
    pub password_reset_required: Option<bool>,
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for CreateLoginProfileRequest {
    fn validate(&self, checker: &mut Checker) {
        let generate = self.generate_password == Some(true);
        checker.needed("Password", self.password.is_some() || generate);
        checks::given_or_generated(checker, self.password.is_some(), generate);
    }
}

/// What [`CreateLoginProfile`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateLoginProfileResponse {
    /// How the user logs on from now on.
    pub login_profile: LoginProfile,
}

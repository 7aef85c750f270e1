//! UpdateLoginProfile.

use super::LoginProfile;
use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, checks, errors};
use crate::{Checker, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Changes how a user logs on to the console. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateLoginProfile.
    UpdateLoginProfile {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: UpdateLoginProfileRequest,
        response: UpdateLoginProfileResponse,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_NOT_FOUND, errors::PASSWORD_TOO_WEAK],
        required: ["UserPrincipalName"],
    }
}

/// What [`UpdateLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateLoginProfileRequest {
    /// Whether logon takes an MFA device, to be bound at the next logon where there is none.
    #[serde(rename = "MFABindRequired")]
    pub mfa_bind_required: Option<bool>,
    /// A new password; it must satisfy the password policy.
    pub password: Option<Secret>,
    /// Makes a password, which the answer shows once. Of Ramgate alone.
    pub generate_password: Option<bool>,
    /// Whether a new password must be set at the next logon.
    pub password_reset_required: Option<bool>,
    /// `Active` or `Inactive`: whether the password may be used.
    pub status: Option<String>,
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
}

impl Validate for UpdateLoginProfileRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::given_or_generated(checker, self.password.is_some(), self.generate_password == Some(true));
        checker.one_of("Status", self.status.as_deref(), &["Active", "Inactive"]);
    }
}

/// What [`UpdateLoginProfile`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateLoginProfileResponse {
    /// How the user logs on from now on.
    pub login_profile: LoginProfile,
}

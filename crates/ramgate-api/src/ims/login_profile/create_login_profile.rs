//! CreateLoginProfile.

use super::LoginProfile;
use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, checks, errors};
use crate::{Checker, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lets a user log on to the console.
    ///
    /// Source: IMS API reference 2019-08-15, CreateLoginProfile.
    CreateLoginProfile {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (USER, user_principal_name by logon_targets::user),
        conditions: [],
        request: CreateLoginProfileRequest,
        response: CreateLoginProfileResponse,
        errors: [errors::USER_NOT_FOUND, errors::LOGIN_PROFILE_EXISTS, errors::PASSWORD_TOO_WEAK],
        required: ["UserPrincipalName"],
    }
}

/// What [`CreateLoginProfile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateLoginProfileRequest {
    /// Whether logon takes an MFA device, to be bound at the next logon where there is none.
    #[serde(rename = "MFABindRequired")]
    pub mfa_bind_required: Option<bool>,
    /// The password; it must satisfy the password policy. Needed unless one is made.
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

impl Validate for CreateLoginProfileRequest {
    fn validate(&self, checker: &mut Checker) {
        let generate = self.generate_password == Some(true);
        checker.needed("Password", self.password.is_some() || generate);
        checks::given_or_generated(checker, self.password.is_some(), generate);
        checker.one_of("Status", self.status.as_deref(), &["Active", "Inactive"]);
    }
}

/// What [`CreateLoginProfile`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateLoginProfileResponse {
    /// How the user logs on from now on.
    pub login_profile: LoginProfile,
}

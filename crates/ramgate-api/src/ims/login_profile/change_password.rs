//! ChangePassword.

use crate::ims::{IMS, logon_targets};
use crate::ram::{USER, errors};
use crate::{Empty, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the caller's own console password.
    ///
    /// Source: IMS API reference 2019-08-15, ChangePassword.
    ChangePassword {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, caller by logon_targets::caller),
        conditions: [],
        request: ChangePasswordRequest,
        response: Empty,
        errors: [
            errors::NOT_SUPPORTED,
            errors::LOGIN_PROFILE_NOT_FOUND,
            errors::OLD_PASSWORD_WRONG,
            errors::PASSWORD_TOO_WEAK,
        ],
        required: ["OldPassword", "NewPassword"],
    }
}

/// What [`ChangePassword`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ChangePasswordRequest {
    /// The new password; it must satisfy the password policy.
    pub new_password: Secret,
    /// The password in force.
    pub old_password: Secret,
}

impl Validate for ChangePasswordRequest {}

//! ChangePassword.

use crate::ram::{RAM, USER, errors, targets};
use crate::{Empty, Secret, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the caller's own console password.
    ///
    /// Source: RAM API reference 2015-05-01, ChangePassword.
    ChangePassword {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (USER, caller by targets::caller),
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

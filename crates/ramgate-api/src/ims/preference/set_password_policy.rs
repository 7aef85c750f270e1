//! SetPasswordPolicy.

use super::PasswordPolicy;
use crate::ims::IMS;
use crate::ram::{checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Sets what console passwords must be like. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, SetPasswordPolicy.
    SetPasswordPolicy {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: SetPasswordPolicyRequest,
        response: SetPasswordPolicyResponse,
        errors: [errors::MINIMUM_PASSWORD_LENGTH_RANGE],
    }
}

/// What [`SetPasswordPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetPasswordPolicyRequest {
    /// Whether only an administrator can replace an expired password.
    pub hard_expire: Option<bool>,
    /// Days in which an initial password must be used, 0–90; 0 means for ever.
    pub initial_password_age: Option<i32>,
    /// Whether passwords that are widely known are refused.
    pub intercept_risk_password_on_api: Option<bool>,
    /// Wrong passwords in a row before logons are locked for an hour, 0–32; 0 means never.
    #[serde(rename = "MaxLoginAttemps", alias = "MaxLoginAttempts")]
    pub max_login_attempts: Option<i32>,
    /// Days until a password expires, 0–1,095; 0 means never.
    pub max_password_age: Option<i32>,
    /// Different characters, 0–8.
    pub minimum_password_different_character: Option<i32>,
    /// Characters, 8–32.
    pub minimum_password_length: Option<i32>,
    /// Whether the user's name may not be part of the password.
    pub password_not_contain_user_name: Option<bool>,
    /// How many passwords, the present one first, may not be used again; 0–24.
    pub password_reuse_prevention: Option<i32>,
    /// Whether a lower-case letter is needed.
    pub require_lowercase_characters: Option<bool>,
    /// Whether a digit is needed.
    pub require_numbers: Option<bool>,
    /// Whether a symbol is needed.
    pub require_symbols: Option<bool>,
    /// Whether an upper-case letter is needed.
    pub require_uppercase_characters: Option<bool>,
}

impl Validate for SetPasswordPolicyRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::minimum_password_length(checker, self.minimum_password_length);
        let mut range = |name, value: Option<i32>, most| checker.range(name, value.map(i64::from), 0, most);
        range("InitialPasswordAge", self.initial_password_age, 90);
        range("MaxLoginAttemps", self.max_login_attempts, 32);
        range("MaxPasswordAge", self.max_password_age, 1095);
        range("MinimumPasswordDifferentCharacter", self.minimum_password_different_character, 8);
        range("PasswordReusePrevention", self.password_reuse_prevention, 24);
    }
}

/// What [`SetPasswordPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetPasswordPolicyResponse {
    /// The policy in force from now on.
    pub password_policy: PasswordPolicy,
}

//! SetPasswordPolicy.

use super::PasswordPolicy;
use crate::ram::{RAM, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Sets what console passwords must be like. What is left out stays.
    ///
    /// Source: RAM API reference 2015-05-01, SetPasswordPolicy.
    SetPasswordPolicy {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: SetPasswordPolicyRequest,
        response: SetPasswordPolicyResponse,
        errors: [],
    }
}

/// What [`SetPasswordPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetPasswordPolicyRequest {
    /// Whether only an administrator can reset an expired password.
    pub hard_expiry: Option<bool>,
    /// Failed logons before a lock of one hour, 0–32; 0 means no limit.
    #[serde(rename = "MaxLoginAttemps", alias = "MaxLoginAttempts")]
    pub max_login_attempts: Option<i32>,
    /// Days, 0–1,095; 0 means for ever.
    pub max_password_age: Option<i32>,
    /// 8–32.
    pub minimum_password_length: Option<i32>,
    /// How many former passwords are refused, 0–24.
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
        checker.range("MaxLoginAttemps", self.max_login_attempts.map(i64::from), 0, 32);
        checker.range("MaxPasswordAge", self.max_password_age.map(i64::from), 0, 1095);
        checker.range("PasswordReusePrevention", self.password_reuse_prevention.map(i64::from), 0, 24);
    }
}

/// What [`SetPasswordPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetPasswordPolicyResponse {
    /// The policy in force.
    pub password_policy: PasswordPolicy,
}

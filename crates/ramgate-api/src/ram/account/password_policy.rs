//! The password policy as RAM writes it.

use schemars::JsonSchema;
use serde::Serialize;

/// What console passwords must be like. IMS knows some limits more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PasswordPolicy {
    /// Whether only an administrator can reset an expired password.
    pub hard_expiry: bool,
    /// Failed logons before a lock of one hour; 0 means no limit.
    #[serde(rename = "MaxLoginAttemps")]
    pub max_login_attempts: u32,
    /// Days; 0 means for ever.
    pub max_password_age: u32,
    /// 8–32.
    pub minimum_password_length: u32,
    /// How many former passwords are refused.
    pub password_reuse_prevention: u32,
    /// Whether a lower-case letter is needed.
    pub require_lowercase_characters: bool,
    /// Whether a digit is needed.
    pub require_numbers: bool,
    /// Whether a symbol is needed.
    pub require_symbols: bool,
    /// Whether an upper-case letter is needed.
    pub require_uppercase_characters: bool,
}

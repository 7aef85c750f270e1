//! Settings about users as IMS writes them.

use crate::ram::MFAPreference;
use schemars::JsonSchema;
use serde::Serialize;

/// What console passwords must be like.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PasswordPolicy {
    /// Whether only an administrator can replace an expired password.
    pub hard_expire: bool,
    /// Days in which an initial password must be used, 0–90; 0 means for ever.
    pub initial_password_age: u32,
    /// Whether passwords that are widely known are refused.
    pub intercept_risk_password_on_api: bool,
    /// Wrong passwords in a row before logons are locked for an hour, 0–32; 0 means never.
    #[serde(rename = "MaxLoginAttemps")]
    pub max_login_attempts: u32,
    /// Days until a password expires, 0–1,095; 0 means never.
    pub max_password_age: u32,
    /// Different characters, 0–8.
    pub minimum_password_different_character: u32,
    /// Characters, 8–32.
    pub minimum_password_length: u32,
    /// Whether the user's name may not be part of the password.
    pub password_not_contain_user_name: bool,
    /// How many passwords, the present one first, may not be used again; 0–24.
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

/// What users may do on their own and how they log on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SecurityPreference {
    /// About access keys.
    pub access_key_preference: AccessKeyPreference,
    /// About console logon.
    pub login_profile_preference: LoginProfilePreference,
    /// About MFA devices.
    #[serde(rename = "MFAPreference")]
    pub mfa_preference: MFAPreference,
    /// About identities that nobody uses.
    pub max_idle_days: MaxIdleDays,
    /// About personal data.
    pub personal_info_preference: PersonalInfoPreference,
    /// About further ways of verification.
    pub verification_preference: VerificationPreference,
}

/// About access keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyPreference {
    /// Whether users may manage their own access keys.
    pub allow_user_to_manage_access_keys: bool,
    /// Whether users may manage their own service credentials. Kept; there are none here.
    pub allow_user_to_manage_service_credentials: bool,
}

/// About console logon.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LoginProfilePreference {
    /// Whether users may change their passwords.
    pub allow_user_to_change_password: bool,
    /// Whether users may log on with passkeys. Kept; there are none here.
    pub allow_user_to_login_with_passkey: bool,
    /// Whether a browser may be remembered for seven days.
    #[serde(rename = "EnableSaveMFATicket")]
    pub enable_save_mfa_ticket: bool,
    /// Networks that may use the console, CIDRs joined by `;`, up to 40 and 512 characters; empty means all.
    pub login_network_masks: String,
    /// Hours a console session lasts, 1–24.
    pub login_session_duration: u32,
    /// `mandatory`, `independent` or `adaptive`.
    #[serde(rename = "MFAOperationForLogin")]
    pub mfa_operation_for_login: String,
    /// Deprecated: `autonomous` or `enforceVerify`. Kept.
    pub operation_for_risk_login: String,
}

/// About identities that nobody uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MaxIdleDays {
    /// Days without use after which access keys of users are refused: 90, 180, 365 or 730.
    pub max_idle_days_for_access_keys: u32,
    /// Days without logon after which a user may not log on: 90, 180, 365 or 730.
    pub max_idle_days_for_users: u32,
}

/// About personal data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PersonalInfoPreference {
    /// Whether users may bind a DingTalk account. Kept; nothing is bound here.
    pub allow_user_to_manage_personal_ding_talk: bool,
}

/// About further ways of verification.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct VerificationPreference {
    /// The ways, such as `sms`.
    pub verification_types: Vec<String>,
}

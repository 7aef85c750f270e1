//! Settings of an account about its users: what passwords must be like, and what users may do by themselves.
//!
//! An account that never set them has the defaults. Source: IMS API reference 2019-08-15, SetPasswordPolicy and
//! SetSecurityPreference.

use crate::Resource;
use serde::{Deserialize, Serialize};

/// What console passwords must be like, and how long they and failed attempts count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordPolicy {
    /// Characters, 8–32.
    pub minimum_length: u32,
    /// Different characters, 0–8.
    pub minimum_different_characters: u32,
    /// Whether a lower-case letter is needed.
    pub require_lowercase: bool,
    /// Whether an upper-case letter is needed.
    pub require_uppercase: bool,
    /// Whether a digit is needed.
    pub require_numbers: bool,
    /// Whether a character is needed that is neither letter nor digit.
    pub require_symbols: bool,
    /// Whether the user's name may not be part of it.
    pub not_contain_user_name: bool,
    /// How many passwords, the present one first, may not be used again; 0–24.
    pub reuse_prevention: u32,
    /// Days until a password expires, 0–1,095; 0 means never.
    pub max_age_days: u32,
    /// Whether only an administrator can replace an expired password.
    pub hard_expiry: bool,
    /// Days in which an initial password must be used, 0–90; 0 means for ever.
    pub initial_age_days: u32,
    /// Wrong passwords in a row before logons are locked for an hour, 0–32; 0 means never.
    pub max_login_attempts: u32,
    /// Whether passwords that are widely known are refused.
    pub intercept_risk_password: bool,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            minimum_length: 8,
            minimum_different_characters: 0,
            require_lowercase: false,
            require_uppercase: false,
            require_numbers: false,
            require_symbols: false,
            not_contain_user_name: false,
            reuse_prevention: 0,
            max_age_days: 0,
            hard_expiry: false,
            initial_age_days: 14,
            max_login_attempts: 0,
            intercept_risk_password: false,
        }
    }
}

impl Resource for PasswordPolicy {
    const KIND: &'static str = "password-policy";

    fn id(&self) -> String {
        SETTINGS.to_owned()
    }
}

/// What users may do by themselves, and how they log on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityPreference {
    /// Whether users may change their own password.
    pub change_password: bool,
    /// Whether users may manage their own access keys.
    pub manage_access_keys: bool,
    /// Whether users may manage their own MFA device.
    pub manage_mfa_devices: bool,
    /// Whether users may manage their own public keys.
    pub manage_public_keys: bool,
    /// Whether users may log on with passkeys.
    pub login_with_passkey: bool,
    /// Whether users may bind a DingTalk account.
    pub manage_personal_ding_talk: bool,
    /// Whether users may manage their own service credentials.
    pub manage_service_credentials: bool,
    /// Whether a browser that gave a one-time code may be remembered for seven days.
    pub save_mfa_ticket: bool,
    /// Networks that may use the console, CIDRs joined by `;`; empty means all.
    pub login_network_masks: String,
    /// Hours that a console session lasts, 1–24.
    pub login_session_hours: u32,
    /// When a one-time code is asked for.
    pub mfa_operation: MfaOperation,
    /// Days without logon after which a user may not log on, one of 90, 180, 365, 730.
    pub max_idle_days_for_users: u32,
    /// Days without use after which an access key may not be used, one of 90, 180, 365, 730.
    pub max_idle_days_for_access_keys: u32,
    /// What happens at an unusual logon, `autonomous` or `enforceVerify`.
    pub operation_for_risk_login: String,
    /// Further ways of verification, such as `sms`.
    pub verification_types: Vec<String>,
}

impl Default for SecurityPreference {
    fn default() -> Self {
        Self {
            change_password: true,
            manage_access_keys: false,
            manage_mfa_devices: true,
            manage_public_keys: false,
            login_with_passkey: true,
            manage_personal_ding_talk: true,
            manage_service_credentials: false,
            save_mfa_ticket: false,
            login_network_masks: String::new(),
            login_session_hours: 6,
            mfa_operation: MfaOperation::Independent,
            max_idle_days_for_users: 730,
            max_idle_days_for_access_keys: 730,
            operation_for_risk_login: "autonomous".to_owned(),
            verification_types: Vec::new(),
        }
    }
}

impl Resource for SecurityPreference {
    const KIND: &'static str = "security-preference";

    fn id(&self) -> String {
        SETTINGS.to_owned()
    }
}

/// When a one-time code is asked for at logon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MfaOperation {
    /// Of every user; who has no device binds one.
    Mandatory,
    /// Of users who have a device or must have one.
    Independent,
    /// As `Independent`, and at unusual logons of everyone.
    Adaptive,
}

impl MfaOperation {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mandatory, Self::Independent, Self::Adaptive];

    /// The value as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mandatory => "mandatory",
            Self::Independent => "independent",
            Self::Adaptive => "adaptive",
        }
    }
}

/// The id of settings of which an account has one.
pub const SETTINGS: &str = "account";

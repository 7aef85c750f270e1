//! The security preference as RAM writes it.

use schemars::JsonSchema;
use serde::Serialize;

/// What users may do on their own. IMS knows some settings more.
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
    /// About public keys.
    pub public_key_preference: PublicKeyPreference,
}

/// About access keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyPreference {
    /// Whether users may manage their own access keys.
    pub allow_user_to_manage_access_keys: bool,
}

/// About console logon.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LoginProfilePreference {
    /// Whether users may change their passwords.
    pub allow_user_to_change_password: bool,
    /// Whether a browser may be remembered for seven days.
    #[serde(rename = "EnableSaveMFATicket")]
    pub enable_save_mfa_ticket: bool,
    /// Networks that may log on to the console, CIDRs joined by `;`; empty means all.
    pub login_network_masks: String,
    /// Hours a console session lasts.
    pub login_session_duration: u32,
}

/// About MFA devices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MFAPreference {
    /// Whether users may manage their own MFA devices.
    #[serde(rename = "AllowUserToManageMFADevices")]
    pub allow_user_to_manage_mfa_devices: bool,
}

/// About public keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PublicKeyPreference {
    /// Whether users may manage their own public keys.
    pub allow_user_to_manage_public_keys: bool,
}

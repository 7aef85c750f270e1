//! Types that several of these operations share.

use crate::Secret;
use schemars::JsonSchema;
use serde::Serialize;

/// How a user logs on to the console.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LoginProfile {
    /// Whether the logon of a user who stays away too long is switched off: always `Active`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_disable_login_status: Option<String>,
    /// The last logon, UTC; absent before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_login_time: Option<String>,
    /// Whether logon takes an MFA device.
    #[serde(rename = "MFABindRequired")]
    pub mfa_bind_required: bool,
    /// Whether a new password must be set at the next logon.
    pub password_reset_required: bool,
    /// `NotInitial`, or, before the first logon with the password, `InitialValid` or `InitialExpired`.
    pub password_status: String,
    /// `Active` or `Inactive`: whether the password may be used.
    pub status: String,
    /// When it was last changed, UTC.
    pub update_date: String,
    /// The user, `<name>@<domain>`.
    pub user_principal_name: String,
    /// A password made by `GeneratePassword`: shown here and never again. Of Ramgate alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

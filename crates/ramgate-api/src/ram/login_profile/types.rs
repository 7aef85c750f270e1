//! Types that several of these operations share.

use crate::Secret;
use schemars::JsonSchema;
use serde::Serialize;

/// How a user logs on to the console.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LoginProfile {
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// Whether logon takes an MFA device.
    #[serde(rename = "MFABindRequired")]
    pub mfa_bind_required: bool,
    /// Whether a new password must be set at the next logon.
    pub password_reset_required: bool,
    /// The user's logon name.
    pub user_name: String,
    /// A password made by `GeneratePassword`: shown here and never again. Of Ramgate alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
}

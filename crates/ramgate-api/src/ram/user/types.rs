//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// A user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct User {
    /// A remark, up to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comments: Option<String>,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// The name shown, 1–128 characters.
    pub display_name: String,
    /// A mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `<country code>-<number>`, such as `86-18600000000`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<String>,
    /// The id, never reused.
    pub user_id: String,
    /// The logon name.
    pub user_name: String,
    /// The last console logon, UTC; absent before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_login_date: Option<String>,
    /// When it was last changed, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_date: Option<String>,
}

/// Users, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserList {
    /// The users.
    pub user: Vec<User>,
}

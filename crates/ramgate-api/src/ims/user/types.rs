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
    /// The name shown.
    pub display_name: String,
    /// A mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The last console logon, UTC; absent before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_login_date: Option<String>,
    /// `<country code>-<number>`, such as `86-18600000000`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<String>,
    /// How it came to be: `Manual`.
    pub provision_type: String,
    /// `active`; in lists only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Its tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<UserTagList>,
    /// When it was last changed, UTC.
    pub update_date: String,
    /// The id, never reused.
    pub user_id: String,
    /// The logon name without its domain; `GetUser` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The logon name with the account's domain, `<name>@<domain>`.
    pub user_principal_name: String,
}

/// Users, nested once as the API writes lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserList {
    /// The users.
    pub user: Vec<User>,
}

/// The names of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserBasicInfo {
    /// The name shown.
    pub display_name: String,
    /// `active`.
    pub status: String,
    /// The id.
    pub user_id: String,
    /// The logon name with the account's domain.
    pub user_principal_name: String,
}

/// Names of users.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserBasicInfoList {
    /// The users.
    pub user_basic_info: Vec<UserBasicInfo>,
}

/// Tags of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserTagList {
    /// The tags.
    pub tag: Vec<UserTag>,
}

/// A tag of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UserTag {
    /// The key.
    pub tag_key: String,
    /// The value.
    pub tag_value: String,
}

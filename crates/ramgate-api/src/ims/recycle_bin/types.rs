//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::Serialize;

/// A user in the recycle bin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RecycledUser {
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// When it will be removed for good, UTC.
    pub delete_date: String,
    /// The name shown.
    pub display_name: String,
    /// When it came in, UTC.
    pub recycle_date: String,
    /// The id.
    pub user_id: String,
    /// The logon name that it had, with the account's domain.
    pub user_principal_name: String,
}

/// Users in the recycle bin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RecycledUserList {
    /// The users.
    pub user: Vec<RecycledUser>,
}

/// An access key in the recycle bin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RecycledAccessKey {
    /// The id of the key.
    pub access_key_id: String,
    /// When it was made, UTC.
    pub create_date: String,
    /// When it will be removed for good, UTC.
    pub delete_date: String,
    /// When it came in, UTC.
    pub recycle_date: String,
}

/// Access keys in the recycle bin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RecycledAccessKeyList {
    /// The keys.
    pub access_key: Vec<RecycledAccessKey>,
}

/// An access key in the recycle bin, and whose it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RecycledAccessKeyInfo {
    /// The id of the key.
    pub access_key_id: String,
    /// When it was made, UTC.
    pub create_date: String,
    /// When it will be removed for good, UTC.
    pub delete_date: String,
    /// When it came in, UTC.
    pub recycle_date: String,
    /// Its user's id.
    pub user_id: String,
    /// Its user's logon name with the account's domain.
    pub user_principal_name: String,
    /// Whether its user is in the recycle bin, too.
    pub user_recycled: bool,
}

//! Types that several of these operations share.

use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// A new access key with its secret.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct NewAccessKey {
    /// The id of the key.
    pub access_key_id: String,
    /// The secret, 30 characters.
    pub access_key_secret: String,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// `Active` or `Inactive`.
    pub status: String,
}

/// Without the secret parts.
impl fmt::Debug for NewAccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccessKey")
            .field("access_key_id", &self.access_key_id)
            .field("create_date", &self.create_date)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Access keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyList {
    /// The keys.
    pub access_key: Vec<AccessKey>,
}

/// An access key without its secret.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKey {
    /// The id of the key.
    pub access_key_id: String,
    /// When it was made, UTC, `YYYY-MM-DDThh:mm:ssZ`.
    pub create_date: String,
    /// `Active` or `Inactive`.
    pub status: String,
}

/// When an access key was last used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyLastUsed {
    /// UTC; empty where the key was never used.
    pub last_used_date: String,
}

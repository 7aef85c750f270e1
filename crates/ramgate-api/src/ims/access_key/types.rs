//! Types that several of these operations share. A new key with its secret is the same as RAM's.

pub use crate::ram::NewAccessKey;
use schemars::JsonSchema;
use serde::Serialize;

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
    /// When it was last switched on or off, UTC.
    pub update_date: String,
}

/// Access keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyList {
    /// The keys.
    pub access_key: Vec<AccessKey>,
}

/// When and for what an access key was last used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyLastUsed {
    /// UTC; empty where the key was never used.
    pub last_used_date: String,
    /// The service called, such as `Ram`; empty where the key was never used.
    pub service_name: String,
}

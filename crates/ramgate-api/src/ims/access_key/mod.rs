//! Access keys.

mod create_access_key;
mod delete_access_key;
mod get_access_key_last_used;
mod list_access_keys;
mod types;
mod update_access_key;

pub use create_access_key::{CreateAccessKey, CreateAccessKeyRequest, CreateAccessKeyResponse};
pub use delete_access_key::{DeleteAccessKey, DeleteAccessKeyRequest};
pub use get_access_key_last_used::{GetAccessKeyLastUsed, GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse};
pub use list_access_keys::{ListAccessKeys, ListAccessKeysRequest, ListAccessKeysResponse};
pub use types::{AccessKey, AccessKeyLastUsed, AccessKeyList, NewAccessKey};
pub use update_access_key::{UpdateAccessKey, UpdateAccessKeyRequest};

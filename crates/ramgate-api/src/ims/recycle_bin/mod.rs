//! The recycle bin: what was deleted in the last 30 days. Source: RAM documentation, "Deactivate and delete a RAM user".

mod delete_access_key_in_recycle_bin;
mod delete_user_in_recycle_bin;
mod get_access_key_info_in_recycle_bin;
mod get_user_in_recycle_bin;
mod list_access_keys_in_recycle_bin;
mod list_users_in_recycle_bin;
mod restore_access_key_from_recycle_bin;
mod restore_user_from_recycle_bin;
mod types;

pub use delete_access_key_in_recycle_bin::{DeleteAccessKeyInRecycleBin, DeleteAccessKeyInRecycleBinRequest};
pub use delete_user_in_recycle_bin::{DeleteUserInRecycleBin, DeleteUserInRecycleBinRequest};
pub use get_access_key_info_in_recycle_bin::{
    GetAccessKeyInfoInRecycleBin, GetAccessKeyInfoInRecycleBinRequest, GetAccessKeyInfoInRecycleBinResponse,
};
pub use get_user_in_recycle_bin::{GetUserInRecycleBin, GetUserInRecycleBinRequest, GetUserInRecycleBinResponse};
pub use list_access_keys_in_recycle_bin::{
    ListAccessKeysInRecycleBin, ListAccessKeysInRecycleBinRequest, ListAccessKeysInRecycleBinResponse,
};
pub use list_users_in_recycle_bin::{
    ListUsersInRecycleBin, ListUsersInRecycleBinRequest, ListUsersInRecycleBinResponse,
};
pub use restore_access_key_from_recycle_bin::{RestoreAccessKeyFromRecycleBin, RestoreAccessKeyFromRecycleBinRequest};
pub use restore_user_from_recycle_bin::{RestoreUserFromRecycleBin, RestoreUserFromRecycleBinRequest};
pub use types::{RecycledAccessKey, RecycledAccessKeyInfo, RecycledAccessKeyList, RecycledUser, RecycledUserList};

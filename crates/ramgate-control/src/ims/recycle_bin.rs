//! The recycle bin.

use super::view;
use crate::clock::iso8601;
use crate::dispatch::{Authorized, Dispatcher};
use crate::identities::recycle_bin;
use crate::node::Cx;
use crate::ram::paging::Wanted;
use crate::state::AccountState;
use ramgate_api::ims::{
    DeleteAccessKeyInRecycleBin, DeleteUserInRecycleBin, GetAccessKeyInfoInRecycleBin,
    GetAccessKeyInfoInRecycleBinResponse, GetUserInRecycleBin, GetUserInRecycleBinResponse, IMS,
    ListAccessKeysInRecycleBin, ListAccessKeysInRecycleBinResponse, ListUsersInRecycleBin,
    ListUsersInRecycleBinResponse, RecycledAccessKeyInfo, RecycledAccessKeyList, RecycledUserList,
    RestoreAccessKeyFromRecycleBin, RestoreUserFromRecycleBin,
};
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{RecycledUser, User};

/// Binds the operations.
pub(super) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .on(list_users)
        .on(get_user)
        .on(restore_user)
        .on(delete_user)
        .on(list_keys)
        .on(get_key)
        .on(restore_key)
        .on(delete_key)
}

async fn list_users(
    cx: Cx,
    call: Authorized<ListUsersInRecycleBin>,
) -> Result<ListUsersInRecycleBinResponse, ApiError> {
    let request = &call.request;
    let account = cx.account();
    let mut users = recycle_bin::users(&account, cx.now());
    if let Some(filter) = request.filter.as_deref().filter(|filter| !filter.is_empty()) {
        let logon_name = filter.strip_prefix("UserPrincipalName eq ").map(str::trim).ok_or_else(|| {
            codes::INVALID_PARAMETER.with("The parameter `Filter` must be `UserPrincipalName eq <name>@<domain>`.")
        })?;
        let wanted = cx.logon_names().user_name(&account, logon_name);
        users.retain(|(_, row)| wanted.is_some_and(|name| row.user.name.eq_ignore_ascii_case(name)));
    }
    let (marker, size) = (request.marker.as_deref(), request.max_items);
    let wanted = Wanted { list: "recycled-users", parameter: "Marker", marker, size };
    let page = wanted.cut(users, |(place, _)| place.clone())?;
    let user = page.items.iter().map(|(_, row)| view::recycled_user(cx.logon_names(), &account, row));
    let users = RecycledUserList { user: user.collect() };
    Ok(ListUsersInRecycleBinResponse { users, is_truncated: page.next.is_some(), marker: page.next })
}

async fn get_user(cx: Cx, call: Authorized<GetUserInRecycleBin>) -> Result<GetUserInRecycleBinResponse, ApiError> {
    let account = cx.account();
    let found = match (call.request.user_id.as_deref(), call.request.user_access_key_id.as_deref()) {
        (Some(id), _) => recycle_bin::user(&account, id, cx.now())?,
        (None, Some(key)) => recycle_bin::user_of_key(&account, key, cx.now())?,
        // Refused before.
        (None, None) => return Err(IMS.missing("UserId")),
    };
    Ok(GetUserInRecycleBinResponse { user: view::recycled_user(cx.logon_names(), &account, found) })
}

async fn restore_user(cx: Cx, call: Authorized<RestoreUserFromRecycleBin>) -> Result<Empty, ApiError> {
    recycle_bin::restore_user(&cx, &call.request.user_id).await?;
    Ok(Empty)
}

async fn delete_user(cx: Cx, call: Authorized<DeleteUserInRecycleBin>) -> Result<Empty, ApiError> {
    recycle_bin::delete_user(&cx, &call.request.user_id).await?;
    Ok(Empty)
}

async fn list_keys(
    cx: Cx,
    call: Authorized<ListAccessKeysInRecycleBin>,
) -> Result<ListAccessKeysInRecycleBinResponse, ApiError> {
    let keys = recycle_bin::keys(&cx.account(), &call.request.user_id, cx.now())?;
    let access_key = keys.iter().map(|key| view::recycled_key(key)).collect();
    Ok(ListAccessKeysInRecycleBinResponse { access_keys: RecycledAccessKeyList { access_key } })
}

/// The name of a user who may be in the bin.
fn name_of(account: &AccountState, user_id: &str) -> Option<(String, bool)> {
    let present = account.get::<User>(user_id).map(|user| (user.name.clone(), false));
    present.or_else(|| account.get::<RecycledUser>(user_id).map(|row| (row.user.name.clone(), true)))
}

async fn get_key(
    cx: Cx,
    call: Authorized<GetAccessKeyInfoInRecycleBin>,
) -> Result<GetAccessKeyInfoInRecycleBinResponse, ApiError> {
    let account = cx.account();
    let row = recycle_bin::key(&account, &call.request.user_access_key_id, None, cx.now())?;
    let user_id = row.user_id().map(ToString::to_string).unwrap_or_default();
    let (name, user_recycled) = name_of(&account, &user_id).unwrap_or_default();
    let access_key = RecycledAccessKeyInfo {
        access_key_id: row.key.id.to_string(),
        create_date: iso8601(row.key.created_at),
        delete_date: iso8601(recycle_bin::delete_date(row.recycled_at)),
        recycle_date: iso8601(row.recycled_at),
        user_id,
        user_principal_name: cx.logon_names().logon_name(&account, &name),
        user_recycled,
    };
    Ok(GetAccessKeyInfoInRecycleBinResponse { access_key })
}

async fn restore_key(cx: Cx, call: Authorized<RestoreAccessKeyFromRecycleBin>) -> Result<Empty, ApiError> {
    let request = &call.request;
    recycle_bin::restore_key(&cx, &request.user_access_key_id, request.user_id.as_deref()).await?;
    Ok(Empty)
}

async fn delete_key(cx: Cx, call: Authorized<DeleteAccessKeyInRecycleBin>) -> Result<Empty, ApiError> {
    let request = &call.request;
    recycle_bin::delete_key(&cx, &request.user_access_key_id, request.user_id.as_deref()).await?;
    Ok(Empty)
}

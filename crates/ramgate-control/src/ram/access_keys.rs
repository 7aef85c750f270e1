//! Access keys, as RAM shows them.

use super::view;
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::identities::access_keys::{self, Whose};
use crate::identities::{Disposal, UserRef};
use crate::node::Cx;
use ramgate_api::ram::{
    AccessKeyLastUsed, AccessKeyList, CreateAccessKey, CreateAccessKeyResponse, DeleteAccessKey, GetAccessKeyLastUsed,
    GetAccessKeyLastUsedResponse, ListAccessKeys, ListAccessKeysResponse, UpdateAccessKey,
};
use ramgate_api::{ApiError, Empty};

/// Whose keys a call is about.
macro_rules! whose {
    ($call:ident) => {
        Whose { caller: &$call.caller, user: $call.request.user_name.as_deref().map(UserRef::Name) }
    };
}

pub(super) async fn create(cx: Cx, call: Authorized<CreateAccessKey>) -> Result<CreateAccessKeyResponse, ApiError> {
    let (key, secret) = access_keys::create(&cx, whose!(call)).await?;
    Ok(CreateAccessKeyResponse { access_key: view::new_access_key(&key, secret) })
}

pub(super) async fn update(cx: Cx, call: Authorized<UpdateAccessKey>) -> Result<Empty, ApiError> {
    access_keys::set_status(&cx, whose!(call), &call.request.user_access_key_id, &call.request.status).await?;
    Ok(Empty)
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteAccessKey>) -> Result<Empty, ApiError> {
    access_keys::delete(&cx, whose!(call), &call.request.user_access_key_id, Disposal::ForGood).await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListAccessKeys>) -> Result<ListAccessKeysResponse, ApiError> {
    let keys = access_keys::list(&cx, &cx.account(), whose!(call))?;
    Ok(ListAccessKeysResponse {
        access_keys: AccessKeyList { access_key: keys.iter().map(|key| view::access_key(key)).collect() },
    })
}

pub(super) async fn last_used(
    cx: Cx,
    call: Authorized<GetAccessKeyLastUsed>,
) -> Result<GetAccessKeyLastUsedResponse, ApiError> {
    let last = access_keys::last_use(&cx, &cx.account(), whose!(call), &call.request.user_access_key_id)?;
    let last_used_date = last.map(|key_use| iso8601(key_use.at)).unwrap_or_default();
    Ok(GetAccessKeyLastUsedResponse { access_key_last_used: AccessKeyLastUsed { last_used_date } })
}

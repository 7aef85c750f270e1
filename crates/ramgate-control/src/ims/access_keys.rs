//! Access keys and from where they may be used, as IMS names and shows them.

use super::view;
use crate::clock::iso8601;
use crate::dispatch::{Authorized, Dispatcher};
use crate::identities::access_keys::{self, Whose};
use crate::identities::{Disposal, UserRef, network_policy};
use crate::node::Cx;
use crate::ram::view::new_access_key;
use ramgate_api::ims::{
    AccessKeyLastUsed, AccessKeyList, CreateAccessKey, CreateAccessKeyResponse, DeleteAccessKey, GetAccessKeyLastUsed,
    GetAccessKeyLastUsedResponse, GetAccessKeyPolicy, GetAccessKeyPolicyForAccount,
    GetAccessKeyPolicyForAccountResponse, GetAccessKeyPolicyResponse, ListAccessKeys, ListAccessKeysResponse,
    SetAccessKeyPolicy, SetAccessKeyPolicyForAccount, SetAccessKeyPolicyForAccountResponse, SetAccessKeyPolicyResponse,
    UpdateAccessKey,
};
use ramgate_api::{ApiError, Empty};

/// Binds the operations.
pub(super) fn bind(dispatcher: Dispatcher) -> Dispatcher {
    dispatcher
        .on(create)
        .on(update)
        .on(delete)
        .on(list)
        .on(last_used)
        .on(set_policy)
        .on(get_policy)
        .on(set_policy_for_account)
        .on(get_policy_for_account)
}

/// Whose keys a call is about.
macro_rules! whose {
    ($call:ident) => {
        Whose { caller: &$call.caller, user: $call.request.user_principal_name.as_deref().map(UserRef::LogonName) }
    };
}

async fn create(cx: Cx, call: Authorized<CreateAccessKey>) -> Result<CreateAccessKeyResponse, ApiError> {
    let (key, secret) = access_keys::create(&cx, whose!(call)).await?;
    Ok(CreateAccessKeyResponse { access_key: new_access_key(&key, secret) })
}

async fn update(cx: Cx, call: Authorized<UpdateAccessKey>) -> Result<Empty, ApiError> {
    access_keys::set_status(&cx, whose!(call), &call.request.user_access_key_id, &call.request.status).await?;
    Ok(Empty)
}

async fn delete(cx: Cx, call: Authorized<DeleteAccessKey>) -> Result<Empty, ApiError> {
    access_keys::delete(&cx, whose!(call), &call.request.user_access_key_id, Disposal::RecycleBin).await?;
    Ok(Empty)
}

async fn list(cx: Cx, call: Authorized<ListAccessKeys>) -> Result<ListAccessKeysResponse, ApiError> {
    let keys = access_keys::list(&cx, &cx.account(), whose!(call))?;
    Ok(ListAccessKeysResponse {
        access_keys: AccessKeyList { access_key: keys.iter().map(|key| view::access_key(key)).collect() },
    })
}

async fn last_used(cx: Cx, call: Authorized<GetAccessKeyLastUsed>) -> Result<GetAccessKeyLastUsedResponse, ApiError> {
    let last = access_keys::last_use(&cx, &cx.account(), whose!(call), &call.request.user_access_key_id)?;
    let access_key_last_used = match last {
        Some(key_use) => AccessKeyLastUsed { last_used_date: iso8601(key_use.at), service_name: key_use.service },
        None => AccessKeyLastUsed::default(),
    };
    Ok(GetAccessKeyLastUsedResponse { access_key_last_used })
}

async fn set_policy(cx: Cx, call: Authorized<SetAccessKeyPolicy>) -> Result<SetAccessKeyPolicyResponse, ApiError> {
    let request = &call.request;
    let text = &request.access_key_policy;
    let access_key_id = network_policy::set(&cx, whose!(call), &request.user_access_key_id, text).await?;
    Ok(SetAccessKeyPolicyResponse { access_key_id, access_key_policy: text.clone() })
}

async fn get_policy(cx: Cx, call: Authorized<GetAccessKeyPolicy>) -> Result<GetAccessKeyPolicyResponse, ApiError> {
    let (access_key_id, access_key_policy) = network_policy::get(&cx, whose!(call), &call.request.user_access_key_id)?;
    Ok(GetAccessKeyPolicyResponse { access_key_id, access_key_policy })
}

async fn set_policy_for_account(
    cx: Cx,
    call: Authorized<SetAccessKeyPolicyForAccount>,
) -> Result<SetAccessKeyPolicyForAccountResponse, ApiError> {
    let access_key_policy = call.request.access_key_policy;
    network_policy::set_for_account(&cx, &access_key_policy).await?;
    Ok(SetAccessKeyPolicyForAccountResponse { access_key_policy })
}

async fn get_policy_for_account(
    cx: Cx,
    _: Authorized<GetAccessKeyPolicyForAccount>,
) -> Result<GetAccessKeyPolicyForAccountResponse, ApiError> {
    Ok(GetAccessKeyPolicyForAccountResponse { access_key_policy: network_policy::get_for_account(&cx)? })
}

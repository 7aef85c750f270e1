//! Access keys of users, and of the account itself.
//!
//! Permission is checked on a user, and the key is named by its id alone: each handler therefore looks the key up among
//! those of that user, and any other key does not exist for it.

use super::{lookup, quota};
use crate::caller::{Caller, Identity};
use crate::clock::iso8601;
use crate::dispatch::Authorized;
use crate::node::Cx;
use crate::secrets;
use crate::state::{AccountState, KeyUse, Row};
use crate::transact::Tx;
use ramgate_api::ram::{
    self as api, AccessKeyLastUsed, AccessKeyList, CreateAccessKey, CreateAccessKeyResponse, DeleteAccessKey,
    GetAccessKeyLastUsed, GetAccessKeyLastUsedResponse, ListAccessKeys, ListAccessKeysResponse, NewAccessKey,
    UpdateAccessKey, errors,
};
use ramgate_api::{ApiError, Empty};
use ramgate_model::{AccessKey, AccessKeyStatus, KeyOwner, PrincipalRef, Resource, User};
use std::sync::Arc;

/// Whose keys a request is about.
enum Owner {
    /// The account itself.
    Root,
    /// A user, as of now.
    User(Arc<Row<User>>),
}

impl Owner {
    /// The named user; without a name the caller.
    fn of(account: &AccountState, caller: &Caller, user_name: Option<&str>) -> Result<Self, ApiError> {
        if let Some(name) = user_name {
            return Ok(Self::User(lookup::user(account, name)?.clone()));
        }
        match &caller.identity {
            Identity::Root => Ok(Self::Root),
            // The caller may have been deleted since it signed.
            Identity::User(user) => match account.get::<User>(user.id.as_str()) {
                Some(user) => Ok(Self::User(user.clone())),
                None => Err(errors::USER_NOT_FOUND.error()),
            },
            // A session has no keys of its own.
            Identity::Role(_) | Identity::Anonymous => Err(errors::USER_NOT_FOUND.error()),
        }
    }

    /// As a key's owner is stored.
    fn key_owner(&self) -> KeyOwner {
        match self {
            Self::Root => KeyOwner::Root,
            Self::User(user) => KeyOwner::User { user_id: user.id.clone() },
        }
    }

    fn keys<'a>(&self, account: &'a AccountState) -> impl Iterator<Item = &'a Arc<Row<AccessKey>>> + use<'a> {
        let entry = match self {
            Self::Root => "root".to_owned(),
            Self::User(user) => PrincipalRef::User { user_id: user.id.clone() }.key(),
        };
        account.table::<AccessKey>().indexed(&entry)
    }

    /// The owner's key with this id.
    fn key<'a>(&self, account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<AccessKey>>, ApiError> {
        let key = account.get::<AccessKey>(id).filter(|key| key.owner == self.key_owner());
        key.ok_or_else(|| errors::ACCESS_KEY_NOT_FOUND.error())
    }

    /// Holds that the owner is still there.
    fn require(&self, tx: &mut Tx) -> Result<(), ApiError> {
        match self {
            Self::Root => Ok(()),
            Self::User(user) => tx.require(user),
        }
    }
}

pub(super) async fn create(cx: Cx, call: Authorized<CreateAccessKey>) -> Result<CreateAccessKeyResponse, ApiError> {
    let secret = cx.ids().access_key_secret();
    let mut key = AccessKey {
        id: cx.ids().access_key(),
        owner: KeyOwner::Root,
        status: AccessKeyStatus::Active,
        sealed_secret: String::new(),
        created_at: cx.now(),
    };
    key.sealed_secret = secrets::seal(cx.sealer(), &key.key(cx.account_id()), secrets::ACCESS_KEY_FIELD, &secret)?;
    cx.transact(|tx| {
        let account = tx.account().clone();
        let owner = Owner::of(&account, &call.caller, call.request.user_name.as_deref())?;
        if owner.keys(&account).count() >= quota::ACCESS_KEYS {
            return Err(errors::ACCESS_KEY_LIMIT.error());
        }
        key.owner = owner.key_owner();
        owner.require(tx)?;
        tx.unchanged::<AccessKey>()?;
        tx.create(&key)
    })
    .await?;
    Ok(CreateAccessKeyResponse {
        access_key: NewAccessKey {
            access_key_id: key.id.to_string(),
            access_key_secret: secret,
            create_date: iso8601(key.created_at),
            status: key.status.as_str().to_owned(),
        },
    })
}

pub(super) async fn update(cx: Cx, call: Authorized<UpdateAccessKey>) -> Result<Empty, ApiError> {
    let request = &call.request;
    let status = match request.status.as_str() {
        "Active" => AccessKeyStatus::Active,
        _ => AccessKeyStatus::Inactive,
    };
    cx.transact(|tx| {
        let account = tx.account().clone();
        let owner = Owner::of(&account, &call.caller, request.user_name.as_deref())?;
        let row = owner.key(&account, &request.user_access_key_id)?;
        if row.status == status {
            return Ok(());
        }
        tx.update(row, &AccessKey { status, ..row.value.clone() })
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn delete(cx: Cx, call: Authorized<DeleteAccessKey>) -> Result<Empty, ApiError> {
    let request = &call.request;
    cx.transact(|tx| {
        let account = tx.account().clone();
        let owner = Owner::of(&account, &call.caller, request.user_name.as_deref())?;
        let row = owner.key(&account, &request.user_access_key_id)?;
        // A last use may be written at this moment; no use outlives its key.
        tx.clear::<KeyUse>(row.id.as_str())?;
        tx.delete(row)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn list(cx: Cx, call: Authorized<ListAccessKeys>) -> Result<ListAccessKeysResponse, ApiError> {
    let account = cx.account();
    let owner = Owner::of(&account, &call.caller, call.request.user_name.as_deref())?;
    let mut keys: Vec<_> = owner.keys(&account).collect();
    keys.sort_by_key(|key| (key.created_at, key.id.clone()));
    let shown = |key: &Arc<Row<AccessKey>>| api::AccessKey {
        access_key_id: key.id.to_string(),
        create_date: iso8601(key.created_at),
        status: key.status.as_str().to_owned(),
    };
    Ok(ListAccessKeysResponse { access_keys: AccessKeyList { access_key: keys.into_iter().map(shown).collect() } })
}

pub(super) async fn last_used(
    cx: Cx,
    call: Authorized<GetAccessKeyLastUsed>,
) -> Result<GetAccessKeyLastUsedResponse, ApiError> {
    let account = cx.account();
    let owner = Owner::of(&account, &call.caller, call.request.user_name.as_deref())?;
    let key = owner.key(&account, &call.request.user_access_key_id)?;
    let written = account.get::<KeyUse>(key.id.as_str()).map(|key_use| key_use.at);
    let pending = cx.node.key_uses.pending(key.id.as_str()).map(|key_use| key_use.at);
    let last_used_date = written.max(pending).map(iso8601).unwrap_or_default();
    Ok(GetAccessKeyLastUsedResponse { access_key_last_used: AccessKeyLastUsed { last_used_date } })
}

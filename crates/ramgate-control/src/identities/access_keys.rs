//! Access keys of users, and of the account itself.
//!
//! Permission is checked on a user, and the key is named by its id alone: each function therefore looks the key up among
//! those of that user, and any other key does not exist for it.

use super::{Disposal, UserRef, recycle_bin};
use crate::caller::{Caller, Identity};
use crate::node::Cx;
use crate::ram::quota;
use crate::secrets;
use crate::state::{AccountState, KeyUse, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{AccessKey, AccessKeyStatus, KeyOwner, PrincipalRef, Resource, User};
use std::sync::Arc;

/// Whose keys a request is about, as it says: the caller's where it names nobody.
pub(crate) struct Whose<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) user: Option<UserRef<'a>>,
}

/// Whose keys a request is about.
pub(crate) enum Owner {
    /// The account itself.
    Root,
    /// A user, as of now.
    User(Arc<Row<User>>),
}

impl Whose<'_> {
    /// The owner.
    ///
    /// # Errors
    /// `EntityNotExist.User`.
    pub(crate) fn find(&self, cx: &Cx, account: &AccountState) -> Result<Owner, ApiError> {
        if let Some(user) = self.user {
            return Ok(Owner::User(user.find(cx.logon_names(), account)?.clone()));
        }
        match &self.caller.identity {
            Identity::Root => Ok(Owner::Root),
            // The caller may have been deleted since it signed.
            Identity::User(user) => match account.get::<User>(user.id.as_str()) {
                Some(user) => Ok(Owner::User(user.clone())),
                None => Err(errors::USER_NOT_FOUND.error()),
            },
            // A session has no keys of its own.
            Identity::Role(_) | Identity::Anonymous => Err(errors::USER_NOT_FOUND.error()),
        }
    }
}

impl Owner {
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
    ///
    /// # Errors
    /// `EntityNotExist.User.AccessKey`.
    pub(crate) fn key<'a>(&self, account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<AccessKey>>, ApiError> {
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

/// Makes a key. Answers also its secret, which is not to be had again.
///
/// # Errors
/// `EntityNotExist.User`, `LimitExceeded.User.AccessKey`.
pub(crate) async fn create(cx: &Cx, whose: Whose<'_>) -> Result<(AccessKey, String), ApiError> {
    let secret = cx.ids().access_key_secret();
    let mut key = AccessKey {
        id: cx.ids().access_key(),
        owner: KeyOwner::Root,
        status: AccessKeyStatus::Active,
        sealed_secret: String::new(),
        created_at: cx.now(),
        updated_at: None,
        network_policy: None,
    };
    key.sealed_secret = secrets::seal(cx.sealer(), &key.key(cx.account_id()), secrets::ACCESS_KEY_FIELD, &secret)?;
    cx.transact(|tx| {
        let account = tx.account().clone();
        let owner = whose.find(cx, &account)?;
        key.owner = owner.key_owner();
        add(tx, &owner, &key)
    })
    .await?;
    Ok((key, secret))
}

/// Adds a key, new or restored.
pub(super) fn add(tx: &mut Tx, owner: &Owner, key: &AccessKey) -> Result<(), ApiError> {
    if owner.keys(tx.account()).count() >= quota::ACCESS_KEYS {
        return Err(errors::ACCESS_KEY_LIMIT.error());
    }
    owner.require(tx)?;
    tx.unchanged::<AccessKey>()?;
    tx.create(key)
}

/// Switches a key on or off.
///
/// # Errors
/// `EntityNotExist.User`, `EntityNotExist.User.AccessKey`.
pub(crate) async fn set_status(cx: &Cx, whose: Whose<'_>, id: &str, status: &str) -> Result<(), ApiError> {
    let status = match status {
        "Active" => AccessKeyStatus::Active,
        _ => AccessKeyStatus::Inactive,
    };
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = whose.find(cx, &account)?.key(&account, id)?;
        if row.status == status {
            return Ok(());
        }
        tx.update(row, &AccessKey { status, updated_at: Some(cx.now()), ..row.value.clone() })
    })
    .await
}

/// Deletes a key. One of the account itself never goes into the recycle bin, which is the users'.
///
/// # Errors
/// `EntityNotExist.User`, `EntityNotExist.User.AccessKey`.
pub(crate) async fn delete(cx: &Cx, whose: Whose<'_>, id: &str, disposal: Disposal) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let owner = whose.find(cx, &account)?;
        let row = owner.key(&account, id)?;
        match (&owner, disposal) {
            (Owner::User(user), Disposal::RecycleBin) => recycle_bin::take_key(tx, user, row, cx.now()),
            // A last use may be written at this moment; no use outlives its key.
            _ => {
                tx.clear::<KeyUse>(row.id.as_str())?;
                tx.delete(row)
            }
        }
    })
    .await
}

/// The keys, oldest first.
///
/// # Errors
/// `EntityNotExist.User`.
pub(crate) fn list(cx: &Cx, account: &AccountState, whose: Whose<'_>) -> Result<Vec<Arc<Row<AccessKey>>>, ApiError> {
    let mut keys: Vec<_> = whose.find(cx, account)?.keys(account).cloned().collect();
    keys.sort_by_key(|key| (key.created_at, key.id.clone()));
    Ok(keys)
}

/// The last use of a key; `None` where it was never used.
///
/// # Errors
/// `EntityNotExist.User`, `EntityNotExist.User.AccessKey`.
pub(crate) fn last_use(
    cx: &Cx,
    account: &AccountState,
    whose: Whose<'_>,
    id: &str,
) -> Result<Option<KeyUse>, ApiError> {
    let key = whose.find(cx, account)?.key(account, id)?;
    Ok(use_of(cx, account, key.id.as_str()))
}

/// The last use of the key with this id, be it written yet or not.
pub(super) fn use_of(cx: &Cx, account: &AccountState, id: &str) -> Option<KeyUse> {
    let written = account.get::<KeyUse>(id).map(|row| row.value.clone());
    let pending = cx.node.key_uses.pending(id);
    written.into_iter().chain(pending).max_by_key(|key_use| key_use.at)
}

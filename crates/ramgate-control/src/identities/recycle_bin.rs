//! The recycle bin: users and access keys that were deleted, for 30 days.
//!
//! A key in it is no key: authentication does not know it. What is over its days does not exist any more for requests, also
//! before it is removed. A user comes back with the keys that went in with it, switched off, and without groups and
//! policies. Source of days and numbers: RAM documentation, "Deactivate and delete a RAM user", "Delete an AccessKey pair
//! of a RAM user".

use super::access_keys::{self, Owner};
use super::users;
use crate::logon;
use crate::node::{Cx, Node};
use crate::state::{AccountState, KeyUse, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{
    AccessKey, AccessKeyStatus, AccountId, LoginProfile, PrincipalRef, RecycledAccessKey, RecycledUser, Timestamp,
    User, UserId,
};
use std::sync::Arc;

/// How long something stays: 30 days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Users in it; one more, and the earliest goes for good.
const USERS: usize = 1000;
/// Keys of one user in it; one more, and the earliest goes for good.
const KEYS_OF_USER: usize = 3;
/// Users or keys removed in one transaction.
const AT_ONCE: usize = 12;

/// When something that came in at `recycled_at` is removed for good.
pub(crate) fn delete_date(recycled_at: Timestamp) -> Timestamp {
    recycled_at + KEPT_MS
}

fn is_over(recycled_at: Timestamp, now: Timestamp) -> bool {
    delete_date(recycled_at) <= now
}

fn folder(user_id: &UserId) -> String {
    PrincipalRef::User { user_id: user_id.clone() }.key()
}

/// Puts a user in, with its keys and its login profile; its MFA device is free again. Taking the user out of where it was is
/// the caller's.
pub(super) fn take_user(tx: &mut Tx, user: &Row<User>, now: Timestamp) -> Result<(), ApiError> {
    let account = tx.account().clone();
    for key in account.table::<AccessKey>().indexed(&folder(&user.id)) {
        put_key(tx, key, now, true)?;
        tx.delete(key)?;
    }
    // What is in it of this user already makes room for what comes; at most two come.
    drop_earliest_keys(tx, &account, user, account.table::<AccessKey>().indexed(&folder(&user.id)).count())?;
    let users = account.table::<RecycledUser>();
    if users.len() >= USERS
        && let Some(earliest) = users.iter().min_by_key(|user| user.recycled_at)
    {
        remove_user(tx, earliest)?;
    }
    let login_profile = account.get::<LoginProfile>(user.id.as_str()).map(|profile| profile.value.clone());
    logon::erase(tx, user)?;
    tx.create(&RecycledUser { user: user.value.clone(), login_profile, recycled_at: now })
}

/// Puts a key in, and takes it out of where it was.
pub(super) fn take_key(tx: &mut Tx, user: &Row<User>, key: &Row<AccessKey>, now: Timestamp) -> Result<(), ApiError> {
    let account = tx.account().clone();
    put_key(tx, key, now, false)?;
    tx.delete(key)?;
    drop_earliest_keys(tx, &account, user, 1)
}

fn put_key(tx: &mut Tx, key: &Row<AccessKey>, now: Timestamp, with_user: bool) -> Result<(), ApiError> {
    tx.create(&RecycledAccessKey { key: key.value.clone(), recycled_at: now, with_user })
}

/// Makes room for `coming` keys of a user.
fn drop_earliest_keys(tx: &mut Tx, account: &AccountState, user: &User, coming: usize) -> Result<(), ApiError> {
    let mut present: Vec<_> = account.table::<RecycledAccessKey>().indexed(&folder(&user.id)).collect();
    present.sort_by_key(|key| (key.recycled_at, key.key.id.clone()));
    let too_many = (present.len() + coming).saturating_sub(KEYS_OF_USER);
    present.into_iter().take(too_many).try_for_each(|key| remove_key(tx, key))
}

fn remove_key(tx: &mut Tx, key: &Row<RecycledAccessKey>) -> Result<(), ApiError> {
    tx.clear::<KeyUse>(key.key.id.as_str())?;
    tx.delete(key)
}

fn remove_user(tx: &mut Tx, user: &Row<RecycledUser>) -> Result<(), ApiError> {
    let account = tx.account().clone();
    account.table::<RecycledAccessKey>().indexed(&folder(&user.user.id)).try_for_each(|key| remove_key(tx, key))?;
    tx.delete(user)
}

/// The users in it, each with its place in lists: by the time of coming in.
pub(crate) fn users(account: &AccountState, now: Timestamp) -> Vec<(String, Arc<Row<RecycledUser>>)> {
    let kept = account.table::<RecycledUser>().iter().filter(|user| !is_over(user.recycled_at, now));
    kept.map(|user| (format!("{:020}/{}", user.recycled_at, user.user.id), user.clone())).collect()
}

/// The user in it with this id.
///
/// # Errors
/// `EntityNotExist.User`.
pub(crate) fn user<'a>(
    account: &'a AccountState,
    id: &str,
    now: Timestamp,
) -> Result<&'a Arc<Row<RecycledUser>>, ApiError> {
    let found = account.get::<RecycledUser>(id).filter(|user| !is_over(user.recycled_at, now));
    found.ok_or_else(|| errors::USER_NOT_FOUND.error())
}

/// The user in it that had this key.
///
/// # Errors
/// `EntityNotExist.User`.
pub(crate) fn user_of_key<'a>(
    account: &'a AccountState,
    access_key_id: &str,
    now: Timestamp,
) -> Result<&'a Arc<Row<RecycledUser>>, ApiError> {
    let key = account.get::<RecycledAccessKey>(access_key_id);
    let id = key.and_then(|key| key.user_id()).ok_or_else(|| errors::USER_NOT_FOUND.error())?;
    user(account, id.as_str(), now)
}

/// The key in it with this id; where a user is named, only that user's.
///
/// # Errors
/// `EntityNotExist.User.AccessKey`.
pub(crate) fn key<'a>(
    account: &'a AccountState,
    id: &str,
    user_id: Option<&str>,
    now: Timestamp,
) -> Result<&'a Arc<Row<RecycledAccessKey>>, ApiError> {
    let found = account.get::<RecycledAccessKey>(id).filter(|key| {
        let of_user = user_id.is_none_or(|wanted| key.user_id().is_some_and(|id| id.as_str() == wanted));
        of_user && !is_over(key.recycled_at, now)
    });
    found.ok_or_else(|| errors::ACCESS_KEY_NOT_FOUND.error())
}

/// The keys in it of a user, who may be in it too; the earliest first.
///
/// # Errors
/// `EntityNotExist.User`.
pub(crate) fn keys(
    account: &AccountState,
    user_id: &str,
    now: Timestamp,
) -> Result<Vec<Arc<Row<RecycledAccessKey>>>, ApiError> {
    if account.get::<User>(user_id).is_none() {
        user(account, user_id, now)?;
    }
    let all = account.table::<RecycledAccessKey>().indexed(&folder(&user_id.into()));
    let mut kept: Vec<_> = all.filter(|key| !is_over(key.recycled_at, now)).cloned().collect();
    kept.sort_by_key(|key| (key.recycled_at, key.key.id.clone()));
    Ok(kept)
}

/// Takes a user back out, with the keys that went in with it.
///
/// # Errors
/// `EntityNotExist.User`, `EntityAlreadyExists.User` where the name is taken by now, `LimitExceeded.User`.
pub(crate) async fn restore_user(cx: &Cx, user_id: &str) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = user(&account, user_id, cx.now())?;
        users::add(tx, &User { updated_at: cx.now(), ..row.user.clone() })?;
        for key in account.table::<RecycledAccessKey>().indexed(&folder(&row.user.id)).filter(|key| key.with_user) {
            tx.create(&switched_off(&key.key, cx.now()))?;
            tx.delete(key)?;
        }
        if let Some(profile) = &row.login_profile {
            // No session that began before goes on.
            let generation = cx.ids().request_id();
            tx.create(&LoginProfile { active: false, generation, updated_at: cx.now(), ..profile.clone() })?;
        }
        tx.delete(row)
    })
    .await
}

/// Takes a key back out, switched off.
///
/// # Errors
/// `EntityNotExist.User.AccessKey`; `EntityNotExist.User` while its user is in the bin; `LimitExceeded.User.AccessKey`.
pub(crate) async fn restore_key(cx: &Cx, id: &str, user_id: Option<&str>) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        let row = key(&account, id, user_id, cx.now())?;
        let user = row.user_id().and_then(|id| account.get::<User>(id.as_str()));
        let owner = Owner::User(user.ok_or_else(|| errors::USER_NOT_FOUND.error())?.clone());
        access_keys::add(tx, &owner, &switched_off(&row.key, cx.now()))?;
        tx.delete(row)
    })
    .await
}

fn switched_off(key: &AccessKey, now: Timestamp) -> AccessKey {
    AccessKey { status: AccessKeyStatus::Inactive, updated_at: Some(now), ..key.clone() }
}

/// Removes a user for good, and its keys in the bin.
///
/// # Errors
/// `EntityNotExist.User`.
pub(crate) async fn delete_user(cx: &Cx, user_id: &str) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        remove_user(tx, user(&account, user_id, cx.now())?)
    })
    .await
}

/// Removes a key for good.
///
/// # Errors
/// `EntityNotExist.User.AccessKey`.
pub(crate) async fn delete_key(cx: &Cx, id: &str, user_id: Option<&str>) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let account = tx.account().clone();
        remove_key(tx, key(&account, id, user_id, cx.now())?)
    })
    .await
}

/// Removes what is over its days.
pub(crate) async fn purge(node: &Node) {
    let now = node.clock.now();
    let accounts: Vec<AccountId> = node.feed.state().accounts().map(|(id, _)| AccountId::from(id)).collect();
    for account_id in accounts {
        loop {
            match node.transact(&account_id, |tx| purge_some(tx, now)).await {
                Ok((0, _)) => break,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the recycle bin could not be emptied");
                    break;
                }
            }
        }
    }
}

/// Removes some of what is over its days; answers how much.
fn purge_some(tx: &mut Tx, now: Timestamp) -> Result<usize, ApiError> {
    let account = tx.account().clone();
    let users: Vec<_> =
        account.table::<RecycledUser>().iter().filter(|u| is_over(u.recycled_at, now)).take(AT_ONCE).collect();
    users.iter().try_for_each(|user| remove_user(tx, user))?;
    if !users.is_empty() {
        return Ok(users.len());
    }
    let keys: Vec<_> =
        account.table::<RecycledAccessKey>().iter().filter(|k| is_over(k.recycled_at, now)).take(AT_ONCE).collect();
    keys.iter().try_for_each(|key| remove_key(tx, key))?;
    Ok(keys.len())
}

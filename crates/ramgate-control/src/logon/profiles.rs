//! Login profiles: made, changed and removed by administrators, their passwords changed by users.

use super::{Failure, passwords, settings, state_of};
use crate::caller::{Caller, Credential};
use crate::ids::Ids;
use crate::node::{Cx, Node};
use crate::secrets;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ram::errors;
use ramgate_api::{ApiError, Secret};
use ramgate_model::{
    AccountId, ConsoleSession, LoginProfile, LogonState, PasswordPolicy, StoreKey, Timestamp, User, UserId,
};
use std::sync::Arc;

/// Milliseconds of a day.
pub(crate) const DAY: i64 = 86_400_000;

/// What an administrator wants. What is `None` stays.
#[derive(Default)]
pub(crate) struct Change<'a> {
    pub(crate) password: Option<&'a Secret>,
    /// Makes a password.
    pub(crate) generate: bool,
    pub(crate) reset_required: Option<bool>,
    pub(crate) mfa_bind_required: Option<bool>,
    pub(crate) active: Option<bool>,
}

/// What came of it.
pub(crate) struct Changed {
    pub(crate) profile: LoginProfile,
    /// The password, where one was made.
    pub(crate) made: Option<Secret>,
}

/// The profile of a user.
///
/// # Errors
/// `EntityNotExist.User.LoginProfile`.
pub(crate) fn of<'a>(account: &'a AccountState, user: &User) -> Result<&'a Arc<Row<LoginProfile>>, ApiError> {
    account.get::<LoginProfile>(user.id.as_str()).ok_or_else(|| errors::LOGIN_PROFILE_NOT_FOUND.error())
}

/// Makes a login profile.
///
/// # Errors
/// `EntityAlreadyExists.User.LoginProfile`, `InvalidParameter.Password.TooWeak`.
pub(crate) async fn create(cx: &Cx, user: &Row<User>, change: Change<'_>) -> Result<Changed, ApiError> {
    if of(&cx.account(), user).is_ok() {
        return Err(errors::LOGIN_PROFILE_EXISTS.error());
    }
    let (sealed_hash, made) = match chosen(cx, user, &change, Vec::new()).await? {
        Some(chosen) => chosen,
        // The request was checked for one; without, nobody could log on.
        None => return Err(errors::PASSWORD_TOO_WEAK.error()),
    };
    let profile = LoginProfile {
        user_id: user.id.clone(),
        sealed_hash,
        former: Vec::new(),
        active: change.active.unwrap_or(true),
        password_reset_required: change.reset_required.unwrap_or(false),
        mfa_bind_required: change.mfa_bind_required.unwrap_or(false),
        initial: true,
        password_set_at: cx.now(),
        enabled_at: cx.now(),
        generation: generation(cx.ids()),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    cx.transact(|tx| {
        if of(tx.account(), user).is_ok() {
            return Err(errors::LOGIN_PROFILE_EXISTS.error());
        }
        tx.require(user)?;
        tx.create(&profile)
    })
    .await?;
    Ok(Changed { profile, made })
}

/// Changes a login profile. A new password, and switching logon off, end the user's sessions.
///
/// # Errors
/// `EntityNotExist.User.LoginProfile`, `InvalidParameter.Password.TooWeak`.
pub(crate) async fn update(cx: &Cx, user: &Row<User>, change: Change<'_>) -> Result<Changed, ApiError> {
    let before = of(&cx.account(), user)?.clone();
    let history = passwords::hashes(cx.sealer(), cx.account_id(), &before);
    let (sealed, made) = match chosen(cx, user, &change, history).await? {
        Some((sealed, made)) => (Some(sealed), made),
        None => (None, None),
    };
    let generation = generation(cx.ids());
    let profile = cx.transact(|tx| {
        let row = of(tx.account(), user)?.clone();
        let mut profile = row.value.clone();
        if let Some(sealed) = &sealed {
            replace_password(&mut profile, sealed, &generation, cx.now());
            forgive(tx, &user.id)?;
        }
        if let Some(active) = change.active.filter(|active| *active != profile.active) {
            profile.active = active;
            profile.generation.clone_from(&generation);
            if active {
                profile.initial = true;
                profile.enabled_at = cx.now();
            }
        }
        settings::set(&mut profile.password_reset_required, change.reset_required.as_ref());
        settings::set(&mut profile.mfa_bind_required, change.mfa_bind_required.as_ref());
        profile.updated_at = cx.now();
        tx.update(&row, &profile)?;
        Ok(profile)
    });
    Ok(Changed { profile: profile.await?, made })
}

/// Removes a login profile; the user's sessions end with it.
///
/// # Errors
/// `EntityNotExist.User.LoginProfile`.
pub(crate) async fn delete(cx: &Cx, user: &Row<User>) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let row = of(tx.account(), user)?.clone();
        tx.delete(&row)
    })
    .await
}

/// Changes the caller's own password. Its other sessions end. A wrong old password counts as a failed logon.
///
/// # Errors
/// `NotSupport` for callers that are no users, `EntityNotExist.User.LoginProfile`, `InvalidParameter.OldPassword` also
/// while logons are locked, `InvalidParameter.Password.TooWeak`.
pub(crate) async fn change_own(cx: &Cx, caller: &Caller, old: &Secret, new: &Secret) -> Result<(), ApiError> {
    let user = caller.user().ok_or_else(|| errors::NOT_SUPPORTED.error())?;
    let node = &cx.node;
    // One attempt of a user at a time, so that none goes by uncounted.
    let _turn = node.logon.turns.take(cx.account_id(), &user.name).await;
    let account = node.feed.state().account(cx.account_id()).cloned().unwrap_or_default();
    let before = of(&account, user)?.clone();
    let in_force = passwords::hash_in_force(cx.sealer(), cx.account_id(), &before);
    let right = node.logon.hasher.find(old.expose(), in_force).await?.is_some();
    if !right || super::is_locked(&state_of(&account, user), cx.now()) {
        super::failed(node, cx.account_id(), Some(user), Failure::Password, cx.now()).await?;
        return Err(errors::OLD_PASSWORD_WRONG.error());
    }
    let sealed = accepted(node, cx.account_id(), user, new, &before, 0).await?;
    let session = match &caller.credential {
        Credential::Console { session_id, .. } => Some(session_id.as_str()),
        _ => None,
    };
    let generation = generation(cx.ids());
    cx.transact(|tx| {
        let row = of(tx.account(), user)?.clone();
        if row.sealed_hash != before.sealed_hash {
            // It was changed in between: the old password is no longer the one in force.
            return Err(errors::OLD_PASSWORD_WRONG.error());
        }
        if let Some(session) = session.and_then(|id| tx.account().get::<ConsoleSession>(id)).cloned() {
            tx.update(&session, &ConsoleSession { generation: generation.clone(), ..session.value.clone() })?;
        }
        set_own(tx, &row, &sealed, &generation, cx.now())
    })
    .await
}

/// Checks a password that a user chose for itself, under policy and a history of `at_least` so many passwords, and seals its
/// hash.
///
/// # Errors
/// `InvalidParameter.Password.TooWeak`.
pub(crate) async fn accepted(
    node: &Node,
    account_id: &AccountId,
    user: &User,
    new: &Secret,
    profile: &LoginProfile,
    at_least: u32,
) -> Result<String, ApiError> {
    let account = node.feed.state().account(account_id).cloned().unwrap_or_default();
    let mut policy = settings::password_policy(&account);
    policy.reuse_prevention = policy.reuse_prevention.max(at_least);
    let history = passwords::hashes(&node.sealer, account_id, profile);
    judged(node, account_id, user, &policy, new.expose(), history).await
}

/// Replaces the password that a user chose for itself, within a transaction.
pub(crate) fn set_own(
    tx: &mut Tx,
    row: &Row<LoginProfile>,
    sealed: &str,
    generation: &str,
    now: Timestamp,
) -> Result<(), ApiError> {
    let mut profile = row.value.clone();
    replace_password(&mut profile, sealed, generation, now);
    profile.password_reset_required = false;
    forgive(tx, &profile.user_id)?;
    tx.update(row, &profile)
}

/// A text that no other login profile has had.
pub(crate) fn generation(ids: &Ids) -> String {
    ids.bytes::<8>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether an initial password was not used in time.
pub(crate) fn initial_expired(profile: &LoginProfile, policy: &PasswordPolicy, now: Timestamp) -> bool {
    profile.initial && is_over(profile.enabled_at.max(profile.password_set_at), policy.initial_age_days, now)
}

/// Whether a password is older than the policy allows.
pub(crate) fn expired(profile: &LoginProfile, policy: &PasswordPolicy, now: Timestamp) -> bool {
    is_over(profile.password_set_at, policy.max_age_days, now)
}

/// Whether a user has not logged on for longer than the preference allows.
pub(crate) fn idle(profile: &LoginProfile, state: &LogonState, max_idle_days: u32, now: Timestamp) -> bool {
    let last = state.last_logon_at.unwrap_or(0).max(profile.enabled_at).max(profile.password_set_at);
    is_over(last, max_idle_days, now)
}

/// Whether so many days have passed; never for zero.
fn is_over(since: Timestamp, days: u32, now: Timestamp) -> bool {
    days > 0 && now - since >= i64::from(days) * DAY
}

fn replace_password(profile: &mut LoginProfile, sealed: &str, generation: &str, now: Timestamp) {
    let former = std::mem::replace(&mut profile.sealed_hash, sealed.to_owned());
    profile.former.insert(0, former);
    profile.former.truncate(passwords::MAX_FORMER);
    generation.clone_into(&mut profile.generation);
    profile.initial = false;
    profile.password_set_at = now;
    profile.updated_at = now;
}

/// Failed attempts count no more once there is a new password.
fn forgive(tx: &mut Tx, user_id: &UserId) -> Result<(), ApiError> {
    let Some(row) = tx.account().get::<LogonState>(user_id.as_str()).cloned() else { return Ok(()) };
    let last_logon_at = row.last_logon_at;
    tx.update(&row, &LogonState { last_logon_at, ..LogonState::new(user_id.clone()) })
}

/// The password of a request, checked, hashed and sealed, and the password itself where it was made here. `None` where the
/// request is about none.
async fn chosen(
    cx: &Cx,
    user: &User,
    change: &Change<'_>,
    history: Vec<String>,
) -> Result<Option<(String, Option<Secret>)>, ApiError> {
    let policy = settings::password_policy(&cx.account());
    let made = change.generate.then(|| passwords::make(cx.ids(), &policy, &user.name)).transpose()?.map(Secret::new);
    let Some(password) = made.as_ref().or(change.password) else { return Ok(None) };
    let sealed = judged(&cx.node, cx.account_id(), user, &policy, password.expose(), history).await?;
    Ok(Some((sealed, made)))
}

/// Checks a password under policy and history; its sealed hash.
async fn judged(
    node: &Node,
    account_id: &AccountId,
    user: &User,
    policy: &PasswordPolicy,
    password: &str,
    history: Vec<String>,
) -> Result<String, ApiError> {
    passwords::check(policy, &user.name, password)?;
    passwords::check_history(&node.logon.hasher, policy, history, password).await?;
    let hash = node.logon.hasher.hash(password, node.ids.bytes()).await?;
    seal_hash(node, account_id, &user.id, &hash)
}

fn seal_hash(node: &Node, account_id: &AccountId, user_id: &UserId, hash: &str) -> Result<String, ApiError> {
    let place = StoreKey::of::<LoginProfile>(account_id, user_id.as_str());
    secrets::seal(&node.sealer, &place, secrets::PASSWORD_FIELD, hash)
}

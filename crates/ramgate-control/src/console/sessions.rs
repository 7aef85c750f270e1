//! Console sessions: a random text in a cookie, and its digest in the store. A session holds while the login profile is the
//! one it began under; so it ends with the profile, with the user, and with a password that somebody else sets.

use super::cookies::Cookie;
use super::origin;
use crate::caller::{Caller, Credential, Identity};
use crate::dispatch::RawRequest;
use crate::logon::{profiles, settings, state_of};
use crate::node::Node;
use crate::state::{AccountState, Row, State};
use crate::transact::Tx;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ramgate_api::ApiError;
use ramgate_api::console::codes;
use ramgate_model::{
    AccountId, ConsoleSession, LoginProfile, LogonState, MfaTicket, SecurityPreference, Timestamp, User, UserId,
};
use ring::{digest, hmac};
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// The header that a call with a session needs.
pub(crate) const CSRF_HEADER: &str = "x-ramgate-csrf";
/// Sessions of a user at a time; the oldest one ends when one more begins.
const MAX_SESSIONS: usize = 20;
/// How long a browser is remembered, in milliseconds: seven days.
pub(super) const REMEMBERED_FOR: i64 = 7 * profiles::DAY;
/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// A session in force.
pub(super) struct Open {
    pub(super) account_id: AccountId,
    pub(super) user: Arc<Row<User>>,
    pub(super) session: Arc<Row<ConsoleSession>>,
    /// When it ends, also by the present preference.
    pub(super) expires_at: Timestamp,
    /// What its holder must show beside the cookie.
    pub(super) csrf_token: String,
}

impl Open {
    pub(super) fn caller(&self) -> Caller {
        Caller {
            account_id: self.account_id.clone(),
            identity: Identity::User(self.user.clone()),
            credential: Credential::Console { session_id: self.session.digest.clone(), mfa: self.session.mfa },
        }
    }
}

/// 256 random bits as text.
pub(super) fn random_text(node: &Node) -> String {
    URL_SAFE_NO_PAD.encode(node.ids.bytes::<32>())
}

/// What is stored of a random text.
pub(super) fn digest_of(secret: &str) -> String {
    let digest = digest::digest(&digest::SHA256, secret.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The token that belongs to a session's secret. It is not stored, and does not tell the secret.
pub(super) fn csrf_token(secret: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    URL_SAFE_NO_PAD.encode(hmac::sign(&key, b"ramgate console csrf"))
}

/// Whether a request comes with a session, in force or not.
pub(crate) fn presented(request: &RawRequest) -> bool {
    Cookie::Session.of(request).is_some()
}

/// The session of a request.
///
/// # Errors
/// `InvalidConsoleSession`; `LogonAddressNotAllowed`.
pub(super) fn open(state: &State, request: &RawRequest, now: Timestamp) -> Result<Open, ApiError> {
    let invalid = || codes::SESSION_INVALID.error();
    let secret = Cookie::Session.of(request).ok_or_else(invalid)?;
    let digest = digest_of(secret);
    let found = state.accounts().find_map(|(id, account)| Some((id, account, account.get::<ConsoleSession>(&digest)?)));
    let (account_id, account, session) = found.ok_or_else(invalid)?;
    let preference = settings::security_preference(account);
    let expires_at = session.expires_at.min(session.created_at + lifetime(&preference));
    let user = account.get::<User>(session.user_id.as_str()).ok_or_else(invalid)?;
    let profile = account.get::<LoginProfile>(session.user_id.as_str()).ok_or_else(invalid)?;
    if now >= expires_at || !profile.active || profile.generation != session.generation {
        return Err(invalid());
    }
    if !settings::address_allowed(&preference, request.source_ip) {
        return Err(codes::ADDRESS_NOT_ALLOWED.error());
    }
    Ok(Open {
        account_id: AccountId::from(account_id),
        user: user.clone(),
        session: session.clone(),
        expires_at,
        csrf_token: csrf_token(secret),
    })
}

/// The session of a request that may change something: it must show the token, and come from nowhere else.
///
/// # Errors
/// As [`open`]; `CrossSiteRequest`, `MissingCsrfToken`, `InvalidCsrfToken`.
pub(super) fn open_to_act(state: &State, request: &RawRequest, now: Timestamp) -> Result<Open, ApiError> {
    let open = open(state, request, now)?;
    origin::check(request)?;
    let mut tokens = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(CSRF_HEADER));
    let (_, token) = tokens.next().ok_or_else(|| codes::CSRF_TOKEN_MISSING.error())?;
    let right = bool::from(token.as_slice().ct_eq(open.csrf_token.as_bytes()));
    if !right || tokens.next().is_some() {
        return Err(codes::CSRF_TOKEN_INVALID.error());
    }
    Ok(open)
}

/// Who calls an operation with a session.
///
/// # Errors
/// As [`open_to_act`].
pub(crate) fn authenticate(state: &State, request: &RawRequest, now: Timestamp) -> Result<Caller, ApiError> {
    Ok(open_to_act(state, request, now)?.caller())
}

fn lifetime(preference: &SecurityPreference) -> i64 {
    i64::from(preference.login_session_hours) * HOUR
}

/// What a session begins with.
pub(super) struct Beginning<'a> {
    pub(super) user_id: &'a UserId,
    /// Of the login profile that was judged; another one by now is not the one that was asked for a password.
    pub(super) generation: &'a str,
    /// A one-time code was given.
    pub(super) mfa: bool,
    /// The digest of the new session's secret.
    pub(super) digest: &'a str,
    /// The digest of the secret of a browser that is to be remembered.
    pub(super) remembered: Option<&'a str>,
    /// The secret of a session that the browser still has.
    pub(super) replaced: Option<&'a str>,
    pub(super) now: Timestamp,
}

/// Begins a session.
///
/// # Errors
/// `InvalidLogonTicket` where user or login profile have changed meanwhile, or a lock has come.
pub(super) fn begin(tx: &mut Tx, beginning: &Beginning<'_>) -> Result<ConsoleSession, ApiError> {
    let account = tx.account().clone();
    let overtaken = || codes::TICKET_INVALID.error();
    let now = beginning.now;
    let user = account.get::<User>(beginning.user_id.as_str()).ok_or_else(overtaken)?;
    let profile = account.get::<LoginProfile>(user.id.as_str()).ok_or_else(overtaken)?;
    let state = state_of(&account, user);
    if !profile.active || profile.generation != beginning.generation || crate::logon::is_locked(&state, now) {
        return Err(overtaken());
    }
    tx.require(user)?;
    if profile.initial {
        tx.update(profile, &LoginProfile { initial: false, ..profile.value.clone() })?;
    } else {
        tx.unmodified(profile)?;
    }
    let succeeded = LogonState { last_logon_at: Some(now), ..LogonState::new(user.id.clone()) };
    match account.get::<LogonState>(user.id.as_str()) {
        Some(row) => tx.update(row, &succeeded)?,
        None => tx.create(&succeeded)?,
    }
    if let Some(replaced) = beginning.replaced {
        tx.clear::<ConsoleSession>(&digest_of(replaced))?;
    }
    make_room(tx, &account, &user.id)?;
    let generation = beginning.generation.to_owned();
    if let (Some(digest), Some(bound)) = (beginning.remembered, bound_at(&account, &user.id)) {
        tx.create(&MfaTicket {
            digest: digest.to_owned(),
            user_id: user.id.clone(),
            generation: generation.clone(),
            device_bound_at: bound,
            expires_at: now + REMEMBERED_FOR,
        })?;
    }
    let session = ConsoleSession {
        digest: beginning.digest.to_owned(),
        user_id: user.id.clone(),
        generation,
        mfa: beginning.mfa,
        created_at: now,
        expires_at: now + lifetime(&settings::security_preference(&account)),
    };
    tx.create(&session)?;
    Ok(session)
}

/// Ends the oldest sessions, and forgets the oldest browsers, of a user who has as many as it may have.
fn make_room(tx: &mut Tx, account: &AccountState, user_id: &UserId) -> Result<(), ApiError> {
    let entry = format!("user/{user_id}");
    let mut sessions: Vec<_> = account.table::<ConsoleSession>().indexed(&entry).collect();
    sessions.sort_by_key(|session| session.created_at);
    for session in sessions.iter().take((sessions.len() + 1).saturating_sub(MAX_SESSIONS)) {
        tx.clear::<ConsoleSession>(&session.digest)?;
    }
    let mut browsers: Vec<_> = account.table::<MfaTicket>().indexed(&entry).collect();
    browsers.sort_by_key(|ticket| ticket.expires_at);
    for ticket in browsers.iter().take((browsers.len() + 1).saturating_sub(MAX_SESSIONS)) {
        tx.clear::<MfaTicket>(&ticket.digest)?;
    }
    Ok(())
}

/// When the present device of a user was bound.
fn bound_at(account: &AccountState, user_id: &UserId) -> Option<Timestamp> {
    let device = crate::logon::devices::device_of(account, user_id)?;
    device.bound.as_ref().map(|bound| bound.at)
}

/// Whether a browser need not give a code: it gave one under this login profile and this device, and that is no longer ago
/// than the account allows.
pub(super) fn is_remembered(
    account: &AccountState,
    profile: &LoginProfile,
    request: &RawRequest,
    now: Timestamp,
) -> bool {
    if !settings::security_preference(account).save_mfa_ticket {
        return false;
    }
    let ticket = Cookie::Remembered.of(request).and_then(|secret| account.get::<MfaTicket>(&digest_of(secret)));
    ticket.is_some_and(|ticket| {
        now < ticket.expires_at
            && ticket.user_id == profile.user_id
            && ticket.generation == profile.generation
            && bound_at(account, &profile.user_id) == Some(ticket.device_bound_at)
    })
}

/// Removes sessions and remembered browsers that are over.
pub(crate) async fn sweep(node: &Node) {
    /// Most removed in one transaction.
    const AT_ONCE: usize = 100;
    let (state, now) = (node.feed.state(), node.clock.now());
    for (account_id, account) in state.accounts() {
        let holds = |user_id: &UserId, generation: &str| {
            account.get::<LoginProfile>(user_id.as_str()).is_some_and(|p| p.active && p.generation == generation)
        };
        let sessions = account.table::<ConsoleSession>().iter();
        let sessions = sessions.filter(|s| now >= s.expires_at || !holds(&s.user_id, &s.generation));
        let tickets = account.table::<MfaTicket>().iter();
        let tickets = tickets.filter(|t| now >= t.expires_at || !holds(&t.user_id, &t.generation));
        let sessions: Vec<&str> = sessions.map(|s| s.digest.as_str()).take(AT_ONCE).collect();
        let tickets: Vec<&str> = tickets.map(|t| t.digest.as_str()).take(AT_ONCE).collect();
        if sessions.is_empty() && tickets.is_empty() {
            continue;
        }
        let account_id = AccountId::from(account_id);
        let removed = node.transact(&account_id, |tx| {
            sessions.iter().try_for_each(|digest| tx.clear::<ConsoleSession>(digest))?;
            tickets.iter().try_for_each(|digest| tx.clear::<MfaTicket>(digest))?;
            Ok::<_, ApiError>(())
        });
        if let Err(error) = removed.await {
            tracing::warn!(%error, "console sessions that are over could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(user: &str, active: bool) -> LoginProfile {
        LoginProfile {
            user_id: user.to_owned().into(),
            sealed_hash: String::new(),
            former: Vec::new(),
            active,
            password_reset_required: false,
            mfa_bind_required: false,
            initial: false,
            password_set_at: 0,
            enabled_at: 0,
            generation: "now".to_owned(),
            created_at: 0,
            updated_at: 0,
        }
    }

    #[tokio::test]
    async fn what_is_over_is_removed_and_what_holds_stays() {
        let (_directory, node) = crate::dispatch::tests::node().await;
        let (account_id, now) = (node.config.account_id.clone(), node.clock.now());
        let seeded = [
            ("holds", "1", "now", now + HOUR),
            ("expired", "1", "now", now - 1),
            ("overtaken", "1", "before", now + HOUR),
            ("switched off", "2", "now", now + HOUR),
            ("without a profile", "3", "now", now + HOUR),
        ];
        let seed = node.transact(&account_id, |tx| {
            tx.create(&profile("1", true))?;
            tx.create(&profile("2", false))?;
            for (digest, user, generation, expires_at) in seeded {
                tx.create(&ConsoleSession {
                    digest: digest.to_owned(),
                    user_id: user.to_owned().into(),
                    generation: generation.to_owned(),
                    mfa: false,
                    created_at: 0,
                    expires_at,
                })?;
                tx.create(&MfaTicket {
                    digest: digest.to_owned(),
                    user_id: user.to_owned().into(),
                    generation: generation.to_owned(),
                    device_bound_at: 0,
                    expires_at,
                })?;
            }
            Ok::<_, ApiError>(())
        });
        seed.await.unwrap();
        sweep(&node).await;
        let account = node.feed.state().account(&account_id).unwrap().clone();
        let sessions: Vec<_> = account.table::<ConsoleSession>().iter().map(|s| s.digest.clone()).collect();
        let tickets: Vec<_> = account.table::<MfaTicket>().iter().map(|t| t.digest.clone()).collect();
        assert_eq!((sessions, tickets), (vec!["holds".to_owned()], vec!["holds".to_owned()]));
    }
}

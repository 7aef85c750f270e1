//! The steps of a logon: password, then a one-time code or a device to make codes with, then a new password where one is
//! due, then the session. Each is asked for by what the account and the user's login profile say at that moment.
//!
//! Who does not know the password learns nothing: unknown users, users without logon, locked ones and wrong passwords take the
//! same way, hash and write included, and have the same answer.

use super::record::Attempt;
use super::sessions::{self, Beginning};
use super::ticket::{Asked, Given, Ticket};
use super::{cookies::Cookie, domain};
use crate::dispatch::RawRequest;
use crate::logon::{self, Failure, devices, passwords, profiles, settings, state_of, totp};
use crate::node::Node;
use crate::ram::find_user;
use crate::state::{AccountState, Row};
use ramgate_api::console::codes;
use ramgate_api::ram::{NewVirtualMFADevice, errors};
use ramgate_api::{ApiError, Secret};
use ramgate_model::{AccountId, ConsoleSession, LoginProfile, MfaDevice, MfaOperation, User};
use std::sync::Arc;
use tokio::sync::MutexGuard;

/// What a step led to.
pub(super) enum Reached {
    /// A one-time code is asked for.
    Code { ticket: String },
    /// A device is to be set up with this seed, and two of its codes are asked for.
    Device { ticket: String, device: NewVirtualMFADevice },
    /// A new password is asked for.
    Password { ticket: String },
    /// A session.
    Session(Box<Begun>),
}

/// A session just begun.
pub(super) struct Begun {
    pub(super) account_id: AccountId,
    pub(super) user: Arc<Row<User>>,
    pub(super) session: ConsoleSession,
    /// What the cookie holds.
    pub(super) secret: String,
    /// What the cookie holds of a browser that is to be remembered.
    pub(super) remembered: Option<String>,
}

impl Reached {
    /// The step that follows, as answers name it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Code { .. } => "AuthenticationCode",
            Self::Device { .. } => "BindMFADevice",
            Self::Password { .. } => "NewPassword",
            Self::Session(_) => "Done",
        }
    }
}

/// Who logs on, as of now.
struct Subject {
    account_id: AccountId,
    account: Arc<AccountState>,
    user: Arc<Row<User>>,
    profile: Arc<Row<LoginProfile>>,
}

/// One step of one client.
pub(super) struct Steps<'a> {
    pub(super) node: &'a Node,
    pub(super) request: &'a RawRequest,
    pub(super) attempt: &'a mut Attempt,
}

impl<'a> Steps<'a> {
    /// The first step: name and password, and the code with it where the client has asked for it at once.
    ///
    /// # Errors
    /// `LogonFailed` for everything that only its owner should know; `LogonAddressNotAllowed`; `Throttling.User`; with the
    /// right password `PasswordExpired` and what the steps behind it answer.
    pub(super) async fn password(
        &mut self,
        logon_name: &str,
        password: &Secret,
        code: Option<&str>,
        remember: bool,
    ) -> Result<Reached, ApiError> {
        let (node, now) = (self.node, self.attempt.now);
        let own = &node.config.account_id;
        let state = node.feed.state();
        let resolved = domain::resolve(&state, &node.config.logon_domain_suffix, Some(own), logon_name.trim());
        self.attempt.account_id = resolved.as_ref().map(|(_, account_id)| account_id.clone());
        // Nobody is known by a domain that stands for no account; the way is the same to its end.
        let (name, account_id) = resolved.unwrap_or((logon_name, own.clone()));
        self.count(&format!("{account_id}/{name}"))?;
        let account = state.account(&account_id).cloned().unwrap_or_default();
        if !settings::address_allowed(&settings::security_preference(&account), self.request.source_ip) {
            return Err(codes::ADDRESS_NOT_ALLOWED.error());
        }
        let _turn = node.logon.turns.take(&account_id, name).await;
        let account = node.feed.state().account(&account_id).cloned().unwrap_or_default();
        let user = find_user(&account, name).filter(|_| self.attempt.account_id.is_some()).cloned();
        self.attempt.user = user.as_ref().map(|user| user.value.clone());
        let profile = user.as_ref().and_then(|user| account.get::<LoginProfile>(user.id.as_str())).cloned();
        let hash = profile.as_ref().map(|profile| passwords::hash_in_force(&node.sealer, &account_id, profile));
        let right = node.logon.hasher.find(password.expose(), hash.unwrap_or_default()).await?.is_some();
        let subject = match (user.clone(), profile) {
            (Some(user), Some(profile)) if right => {
                Some(Subject { account_id: account_id.clone(), account, user, profile })
            }
            _ => None,
        };
        let Some(subject) = subject.filter(|subject| subject.may_log_on(now)) else {
            let user = user.as_ref().map(|user| &user.value);
            logon::failed(node, &account_id, user, Failure::Password, now).await?;
            return Err(codes::LOGON_FAILED.error());
        };
        let policy = settings::password_policy(&subject.account);
        let expired = profiles::expired(&subject.profile, &policy, now);
        if profiles::initial_expired(&subject.profile, &policy, now) || expired && policy.hard_expiry {
            return Err(codes::PASSWORD_EXPIRED.error());
        }
        let remembered = sessions::is_remembered(&subject.account, &subject.profile, self.request, now);
        let mut given = Given { code: false, remembered, remember };
        if let (Some(code), Some(_)) = (code, devices::device_of(&subject.account, &subject.user.id)) {
            self.check_code(&subject, code).await?;
            given.code = true;
        }
        self.advance(subject, given).await
    }

    /// The step behind the password of a user who has a device.
    ///
    /// # Errors
    /// `InvalidLogonTicket`, `AuthenticationCodeFailed`, `Throttling.User`.
    pub(super) async fn code(&mut self, ticket: &str, code: &str, remember: bool) -> Result<Reached, ApiError> {
        let ticket = self.opened(ticket, |asked| *asked == Asked::Code)?;
        let (subject, _turn) = self.subject(&ticket).await?;
        self.check_code(&subject, code).await?;
        self.advance(subject, Given { code: true, remember: remember || ticket.given.remember, ..ticket.given }).await
    }

    /// The step behind the password of a user who must have a device and has none.
    ///
    /// # Errors
    /// As [`Steps::code`]; the codes of RAM where the device cannot be made or bound any more.
    pub(super) async fn device(
        &mut self,
        ticket: &str,
        codes_given: [&str; 2],
        remember: bool,
    ) -> Result<Reached, ApiError> {
        let ticket = self.opened(ticket, |asked| matches!(asked, Asked::Device { .. }))?;
        let (subject, _turn) = self.subject(&ticket).await?;
        let Asked::Device { name, seed } = &ticket.step else { return Err(codes::TICKET_INVALID.error()) };
        let now = self.attempt.now;
        let [first, second] = codes_given;
        let step = totp::accept_pair(&totp::to_base32(seed), first, second, now, 0);
        let Some(step) = step.filter(|_| !subject.is_locked(now)) else {
            logon::failed(self.node, &subject.account_id, Some(&subject.user), Failure::Code, now).await?;
            return Err(codes::CODE_FAILED.error());
        };
        let (device, _) = devices::new_device(&self.node.sealer, &subject.account_id, name, seed, now)?;
        self.attempt.mfa = true;
        self.attempt.open(self.node, self.request).await?;
        let bound = self.node.transact(&subject.account_id, |tx| {
            let user = tx.account().get::<User>(subject.user.id.as_str()).cloned();
            let user = user.ok_or_else(|| errors::USER_NOT_FOUND.error())?;
            devices::add_bound(tx, &user, device.clone(), step, now)
        });
        let ((), revision) = bound.await?;
        self.attempt.changed = Some(revision.0);
        let given = Given { code: true, remember: remember || ticket.given.remember, ..ticket.given };
        let subject = self.again(subject)?;
        self.advance(subject, given).await
    }

    /// The last step of a user who must have a new password.
    ///
    /// # Errors
    /// `InvalidLogonTicket`, `InvalidParameter.Password.TooWeak`, `Throttling.User`.
    pub(super) async fn new_password(&mut self, ticket: &str, new: &Secret) -> Result<Reached, ApiError> {
        let ticket = self.opened(ticket, |asked| *asked == Asked::Password)?;
        let (subject, _turn) = self.subject(&ticket).await?;
        let (node, now) = (self.node, self.attempt.now);
        // A password that had to be replaced is not replaced by itself, whatever the history asks for.
        let sealed = profiles::accepted(node, &subject.account_id, &subject.user, new, &subject.profile, 1).await?;
        let generation = profiles::generation(&node.ids);
        self.attempt.mfa = ticket.given.code;
        self.attempt.open(node, self.request).await?;
        let changed = node.transact(&subject.account_id, |tx| {
            let row = tx.account().get::<LoginProfile>(subject.user.id.as_str()).cloned();
            let row = row.filter(|row| row.generation == ticket.generation);
            let row = row.ok_or_else(|| codes::TICKET_INVALID.error())?;
            profiles::set_own(tx, &row, &sealed, &generation, now)
        });
        let ((), revision) = changed.await?;
        self.attempt.changed = Some(revision.0);
        let subject = self.again(subject)?;
        self.advance(subject, ticket.given).await
    }

    /// Counts one try of this client and for this name.
    fn count(&self, name: &str) -> Result<(), ApiError> {
        let (limits, now) = (&self.node.logon.limits, self.attempt.now);
        // Both are counted, whichever is exhausted.
        let for_address = limits.address(self.request.source_ip, now);
        let for_name = limits.name(name, now);
        if for_address && for_name { Ok(()) } else { Err(ramgate_api::codes::THROTTLING.error()) }
    }

    /// A ticket for this step, and one try of its user counted.
    fn opened(&self, sealed: &str, is_wanted: impl Fn(&Asked) -> bool) -> Result<Ticket, ApiError> {
        let ticket = Ticket::open(self.node, sealed, self.attempt.now)?;
        self.count(&format!("{}/ticket/{}", ticket.account_id, ticket.user_id))?;
        if is_wanted(&ticket.step) { Ok(ticket) } else { Err(codes::TICKET_INVALID.error()) }
    }

    /// Whom a ticket is about, while that is as it was when it was given.
    async fn subject(&mut self, ticket: &Ticket) -> Result<(Subject, MutexGuard<'a, ()>), ApiError> {
        let node = self.node;
        let invalid = || codes::TICKET_INVALID.error();
        let before = Subject::of(node, &ticket.account_id, ticket.user_id.as_str()).ok_or_else(invalid)?;
        let turn = node.logon.turns.take(&ticket.account_id, &before.user.name).await;
        let subject = Subject::of(node, &ticket.account_id, ticket.user_id.as_str()).ok_or_else(invalid)?;
        self.attempt.account_id = Some(ticket.account_id.clone());
        self.attempt.user = Some(subject.user.value.clone());
        let allowed = settings::security_preference(&subject.account);
        if !settings::address_allowed(&allowed, self.request.source_ip) {
            return Err(codes::ADDRESS_NOT_ALLOWED.error());
        }
        if !subject.profile.active || subject.profile.generation != ticket.generation {
            return Err(invalid());
        }
        Ok((subject, turn))
    }

    /// The same user, after a change.
    fn again(&self, subject: Subject) -> Result<Subject, ApiError> {
        let again = Subject::of(self.node, &subject.account_id, subject.user.id.as_str());
        again.ok_or_else(|| codes::TICKET_INVALID.error())
    }

    /// Spends a one-time code. The caller holds the user's turn.
    async fn check_code(&mut self, subject: &Subject, code: &str) -> Result<(), ApiError> {
        let (node, now) = (self.node, self.attempt.now);
        let spent = node.transact(&subject.account_id, |tx| {
            let account = tx.account().clone();
            let Some(device) = devices::device_of(&account, &subject.user.id) else { return Ok(false) };
            let seed = devices::seed(&node.sealer, &subject.account_id, device)?;
            let step = totp::accept(&seed, code, now, device.last_step);
            let locked = logon::is_locked(&state_of(&account, &subject.user), now);
            let Some(last_step) = step.filter(|_| !locked) else { return Ok(false) };
            tx.update(device, &MfaDevice { last_step, ..device.value.clone() })?;
            Ok::<_, ApiError>(true)
        });
        let (accepted, revision) = spent.await?;
        if !accepted {
            logon::failed(node, &subject.account_id, Some(&subject.user), Failure::Code, now).await?;
            return Err(codes::CODE_FAILED.error());
        }
        self.attempt.mfa = true;
        self.attempt.changed = Some(revision.0);
        Ok(())
    }

    /// Asks for what is missing, or begins the session.
    async fn advance(&mut self, subject: Subject, given: Given) -> Result<Reached, ApiError> {
        let (node, now) = (self.node, self.attempt.now);
        let ticket = |step: Asked| {
            let ticket = Ticket {
                account_id: subject.account_id.clone(),
                user_id: subject.user.id.clone(),
                generation: subject.profile.generation.clone(),
                step,
                given,
                expires_at: 0,
            };
            ticket.seal(node, now)
        };
        let device = devices::device_of(&subject.account, &subject.user.id);
        if !given.code {
            match device {
                Some(_) if given.remembered => {}
                Some(_) => return Ok(Reached::Code { ticket: ticket(Asked::Code)? }),
                None if subject.must_have_device() => {
                    let seed = node.ids.bytes::<{ totp::SEED_BYTES }>();
                    let name = subject.device_name(node);
                    let (_, device) = devices::new_device(&node.sealer, &subject.account_id, &name, &seed, now)?;
                    let ticket = ticket(Asked::Device { name, seed: seed.to_vec() })?;
                    return Ok(Reached::Device { ticket, device });
                }
                None => {}
            }
        }
        let policy = settings::password_policy(&subject.account);
        if subject.profile.password_reset_required || profiles::expired(&subject.profile, &policy, now) {
            return Ok(Reached::Password { ticket: ticket(Asked::Password)? });
        }
        self.begin(subject, given).await
    }

    async fn begin(&mut self, subject: Subject, given: Given) -> Result<Reached, ApiError> {
        let (node, now) = (self.node, self.attempt.now);
        let secret = sessions::random_text(node);
        let remember = given.code && given.remember && settings::security_preference(&subject.account).save_mfa_ticket;
        let remembered = remember.then(|| sessions::random_text(node));
        let (digest, remembered_digest) =
            (sessions::digest_of(&secret), remembered.as_deref().map(sessions::digest_of));
        let beginning = Beginning {
            user_id: &subject.user.id,
            generation: &subject.profile.generation,
            mfa: given.code,
            digest: &digest,
            remembered: remembered_digest.as_deref(),
            replaced: Cookie::Session.of(self.request),
            now,
        };
        self.attempt.mfa = given.code;
        self.attempt.open(node, self.request).await?;
        let begun = node.transact(&subject.account_id, |tx| sessions::begin(tx, &beginning));
        let (session, revision) = begun.await?;
        self.attempt.changed = Some(revision.0);
        let (account_id, user) = (subject.account_id, subject.user);
        Ok(Reached::Session(Box::new(Begun { account_id, user, session, secret, remembered })))
    }
}

impl Subject {
    fn of(node: &Node, account_id: &AccountId, user_id: &str) -> Option<Self> {
        let account = node.feed.state().account(account_id)?.clone();
        let user = account.get::<User>(user_id)?.clone();
        let profile = account.get::<LoginProfile>(user_id)?.clone();
        Some(Self { account_id: account_id.clone(), account, user, profile })
    }

    fn is_locked(&self, now: i64) -> bool {
        logon::is_locked(&state_of(&self.account, &self.user), now)
    }

    /// Whether the right password is enough to go on.
    fn may_log_on(&self, now: i64) -> bool {
        let state = state_of(&self.account, &self.user);
        let max_idle_days = settings::security_preference(&self.account).max_idle_days_for_users;
        self.profile.active
            && !logon::is_locked(&state, now)
            && !profiles::idle(&self.profile, &state, max_idle_days, now)
    }

    fn must_have_device(&self) -> bool {
        let operation = settings::security_preference(&self.account).mfa_operation;
        self.profile.mfa_bind_required || operation == MfaOperation::Mandatory
    }

    /// A free name for a device, like the user's.
    fn device_name(&self, node: &Node) -> String {
        let name = self.user.name.replace('_', "-");
        if self.account.get::<MfaDevice>(&name.to_ascii_lowercase()).is_none() {
            return name;
        }
        let short: String = name.chars().take(47).collect();
        format!("{short}-{}", profiles::generation(&node.ids))
    }
}

//! How users log on to the console: their passwords, what their attempts came to, and the sessions that follow.
//!
//! Passwords are kept as argon2id hashes, sealed; sessions as digests of what the browser holds. Neither can be used by who
//! reads the store.

use crate::{Resource, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What lets a user log on to the console. One for each user at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginProfile {
    /// The user.
    pub user_id: UserId,
    /// The hash of the password in PHC form, sealed.
    pub sealed_hash: String,
    /// Hashes of former passwords, sealed, the latest first; at most 24.
    pub former: Vec<String>,
    /// Whether the password may be used.
    pub active: bool,
    /// Whether a new password must be set at the next logon.
    pub password_reset_required: bool,
    /// Whether logon takes an MFA device, to be bound at the next logon where there is none.
    pub mfa_bind_required: bool,
    /// True while nobody has logged on since the profile was made or switched on again.
    pub initial: bool,
    /// When the password was set.
    pub password_set_at: Timestamp,
    /// When the profile was made or switched on, the later of both.
    pub enabled_at: Timestamp,
    /// Changes, to a random text, with everything that ends the sessions begun before.
    pub generation: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Resource for LoginProfile {
    const KIND: &'static str = "login-profile";

    fn id(&self) -> String {
        self.user_id.0.clone()
    }
}

/// What the logon attempts of a user came to. Apart from the profile, since attempts change it and administrators do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogonState {
    /// The user.
    pub user_id: UserId,
    /// Wrong passwords in a row.
    pub password_failures: u32,
    /// Wrong one-time codes in a row, each after the right password.
    pub code_failures: u32,
    /// When the last attempt failed.
    pub failed_at: Timestamp,
    /// Until when no attempt succeeds.
    pub locked_until: Timestamp,
    /// When the last logon succeeded.
    pub last_logon_at: Option<Timestamp>,
}

impl LogonState {
    /// The state of a user without attempts.
    pub fn new(user_id: UserId) -> Self {
        Self { user_id, password_failures: 0, code_failures: 0, failed_at: 0, locked_until: 0, last_logon_at: None }
    }
}

impl Resource for LogonState {
    const KIND: &'static str = "logon-state";

    fn id(&self) -> String {
        self.user_id.0.clone()
    }
}

/// A console session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleSession {
    /// SHA-256 of what the cookie holds, in hexadecimal.
    pub digest: String,
    /// Whose it is.
    pub user_id: UserId,
    /// The generation of the login profile that it began under.
    pub generation: String,
    /// Whether a one-time code was given at logon.
    pub mfa: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

impl Resource for ConsoleSession {
    const KIND: &'static str = "console-session";

    fn id(&self) -> String {
        self.digest.clone()
    }
}

/// A browser that need not give a one-time code for some days, since it gave one and was told to be remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaTicket {
    /// SHA-256 of what the cookie holds, in hexadecimal.
    pub digest: String,
    /// Whose it is.
    pub user_id: UserId,
    /// The generation of the login profile that it was given under.
    pub generation: String,
    /// When the device was bound whose code was given: a newly bound one asks for a code again.
    pub device_bound_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Resource for MfaTicket {
    const KIND: &'static str = "mfa-ticket";

    fn id(&self) -> String {
        self.digest.clone()
    }
}

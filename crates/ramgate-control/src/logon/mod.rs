//! Passwords, second factors and the settings about them: one implementation beneath the operations of RAM, those of IMS and
//! the console's logon.
//!
//! Not for: sessions and the steps of a logon (`console`), or shapes of answers (`ram`, `ims`).

pub(crate) mod devices;
mod hashing;
mod lockout;
pub(crate) mod passwords;
pub(crate) mod profiles;
pub(crate) mod qr;
pub(crate) mod settings;
pub(crate) mod totp;
mod turns;

use hashing::Hasher;
pub(crate) use lockout::{Failure, failed, is_locked};

use crate::state::AccountState;
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_api::ram::errors;
use ramgate_model::{LoginProfile, LogonState, MfaDevice, User};

/// What logons share on this node.
#[derive(Default)]
pub(crate) struct Logon {
    pub(crate) hasher: Hasher,
    pub(crate) turns: turns::Turns,
    pub(crate) limits: crate::console::limits::Limits,
}

impl Logon {
    /// Its metrics in Prometheus' text format.
    pub(crate) fn metrics(&self) -> String {
        let name = "ramgate_control_password_hashes_total";
        let computed = self.hasher.computed();
        format!("# HELP {name} Password hashes computed.\n# TYPE {name} counter\n{name} {computed}\n")
    }
}

/// Refuses to delete a user who can log on, and holds that this stays so until the change is made.
///
/// # Errors
/// `DeleteConflict.User.LoginProfile`, then `DeleteConflict.User.MFADevice`.
pub(crate) fn delete_conflict(tx: &mut Tx, user: &User) -> Result<(), ApiError> {
    let account = tx.account().clone();
    if account.get::<LoginProfile>(user.id.as_str()).is_some() {
        return Err(errors::USER_HAS_LOGIN_PROFILE.error());
    }
    if devices::device_of(&account, &user.id).is_some() {
        return Err(errors::USER_HAS_MFA_DEVICE.error());
    }
    tx.unchanged::<LoginProfile>()?;
    tx.unchanged::<MfaDevice>()
}

/// Takes everything from a user that lets it log on; its MFA device is free again. For operations that delete a user with
/// all it has. Sessions end with the login profile.
///
/// # Errors
/// Where the change cannot be written.
pub(crate) fn erase(tx: &mut Tx, user: &User) -> Result<(), ApiError> {
    let account = tx.account().clone();
    if let Some(profile) = account.get::<LoginProfile>(user.id.as_str()) {
        tx.delete(profile)?;
    }
    if let Some(device) = devices::device_of(&account, &user.id) {
        devices::release(tx, device)?;
    }
    tx.unchanged::<LoginProfile>()?;
    tx.unchanged::<MfaDevice>()?;
    tx.clear::<LogonState>(user.id.as_str())
}

/// What a user's logon attempts came to.
pub(crate) fn state_of(account: &AccountState, user: &User) -> LogonState {
    account
        .get::<LogonState>(user.id.as_str())
        .map_or_else(|| LogonState::new(user.id.clone()), |row| row.value.clone())
}

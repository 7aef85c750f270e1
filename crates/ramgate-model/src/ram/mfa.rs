//! Virtual MFA devices: seeds of one-time codes, by RFC 6238.

use crate::{AccountId, Resource, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// A virtual MFA device, bound to a user or to nobody yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaDevice {
    /// 1–64 of letters, digits, `.`, `-`; unique without regard to case.
    pub name: String,
    /// The seed in base32, sealed.
    pub sealed_seed: String,
    /// Whom it is bound to.
    pub bound: Option<MfaBinding>,
    /// The 30-second step of the last code accepted: that code and those before it are spent.
    pub last_step: u64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A device in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MfaBinding {
    /// The user.
    pub user_id: UserId,
    /// Since when.
    pub at: Timestamp,
}

impl MfaDevice {
    /// `acs:ram::<account>:mfa/<name>`.
    pub fn serial_number(&self, account_id: &AccountId) -> String {
        format!("acs:ram::{account_id}:mfa/{}", self.name)
    }
}

impl Resource for MfaDevice {
    const KIND: &'static str = "mfa-device";

    fn id(&self) -> String {
        self.name.to_ascii_lowercase()
    }
}

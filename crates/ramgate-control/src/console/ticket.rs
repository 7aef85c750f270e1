//! Tickets: how far a logon has got that takes several steps. The client keeps the ticket, sealed, so that nothing has to be
//! stored for who does not log on; it can neither be read nor altered, and it is worth nothing after ten minutes or once the
//! login profile has changed.

use crate::node::Node;
use crate::secrets;
use ramgate_api::ApiError;
use ramgate_api::console::codes;
use ramgate_model::{AccountId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// What a ticket is sealed as.
const FIELD: &str = "logon_ticket";
/// How long it counts, in milliseconds.
const LIFETIME: i64 = 600_000;

/// A logon whose password was right.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Ticket {
    pub(super) account_id: AccountId,
    pub(super) user_id: UserId,
    /// Of the login profile.
    pub(super) generation: String,
    /// What is asked for.
    pub(super) step: Asked,
    /// What was given before.
    pub(super) given: Given,
    pub(super) expires_at: Timestamp,
}

/// What a step asks for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Asked {
    /// A one-time code.
    Code,
    /// Two codes of a device that is made with them.
    Device {
        /// Its name.
        name: String,
        /// Its seed.
        seed: Vec<u8>,
    },
    /// A new password.
    Password,
}

/// What was given before, beside the password.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Given {
    /// A one-time code.
    pub(super) code: bool,
    /// The cookie of a browser that gave a code some days ago.
    pub(super) remembered: bool,
    /// The wish to be remembered.
    pub(super) remember: bool,
}

impl Ticket {
    /// Seals it, with its lifetime from now.
    ///
    /// # Errors
    /// Where the system gives no randomness.
    pub(super) fn seal(mut self, node: &Node, now: Timestamp) -> Result<String, ApiError> {
        self.expires_at = now + LIFETIME;
        let text = serde_json::to_string(&self).map_err(|e| ramgate_api::codes::INTERNAL_ERROR.error().log(e))?;
        secrets::seal(&node.sealer, secrets::CONSOLE_PLACE, FIELD, &text)
    }

    /// Opens one.
    ///
    /// # Errors
    /// `InvalidLogonTicket`.
    pub(super) fn open(node: &Node, sealed: &str, now: Timestamp) -> Result<Self, ApiError> {
        let text = secrets::console_text(&node.sealer, FIELD, sealed).ok();
        let ticket: Option<Self> = text.and_then(|text| serde_json::from_str(&text).ok());
        ticket.filter(|ticket| now < ticket.expires_at).ok_or_else(|| codes::TICKET_INVALID.error())
    }
}

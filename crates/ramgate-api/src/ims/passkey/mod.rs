//! Passkeys.

mod delete_passkey;
mod list_passkeys;
mod update_passkey;

pub use delete_passkey::{DeletePasskey, DeletePasskeyRequest};
pub use list_passkeys::{ListPasskeys, ListPasskeysRequest};
pub use update_passkey::{UpdatePasskey, UpdatePasskeyRequest};

//! What must hold for a transaction to be applied.

use crate::entry::Revision;
use crate::key::{Key, Prefix};

/// One condition of a [`Transaction`](crate::Transaction), judged against the state directly before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The key does not exist.
    Absent {
        /// The key.
        key: Key,
    },
    /// The key exists, whatever its value.
    Exists {
        /// The key.
        key: Key,
    },
    /// The key exists and was last written by the transaction `revision`.
    At {
        /// The key.
        key: Key,
        /// Its `mod_revision`.
        revision: Revision,
    },
    /// Since `revision` no transaction has put or deleted a key of `prefix`.
    Unchanged {
        /// The keys in question.
        prefix: Prefix,
        /// What the caller has seen; later transactions are the ones that must not have touched the prefix.
        since: Revision,
    },
}

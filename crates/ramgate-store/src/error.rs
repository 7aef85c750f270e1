//! What can go wrong with a store.
//!
//! The variants say what the caller can conclude (nothing was written, try again, give up), not which backend failed;
//! that is in the source.

use std::sync::Arc;

use crate::entry::Revision;
use crate::key::Key;
use crate::transaction::TransactionError;

/// The error of a backend, shared because one failure can answer several callers.
pub type SharedError = Arc<dyn std::error::Error + Send + Sync + 'static>;

/// A read or an administrative call did not succeed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
    /// The backend could not answer.
    #[error("cannot {attempt}")]
    Backend {
        /// What was attempted, for example `read the key a/b`.
        attempt: String,
        /// Why it failed.
        #[source]
        source: SharedError,
    },
}

/// A transaction was not acknowledged.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommitError {
    /// A condition does not hold. Nothing was written. Read again, decide again.
    #[error("the key `{key}` is not as expected by the transaction")]
    Conflict {
        /// The key of the condition, or the key of the prefix that has changed.
        key: Key,
    },
    /// The store no longer knows whether a prefix has changed since the given revision. Nothing was written.
    /// As after a conflict: read again, decide again.
    #[error("the changes before revision {oldest} are no longer kept")]
    Compacted {
        /// The oldest revision whose changes are kept.
        oldest: Revision,
    },
    /// The transaction is not acceptable as such. Nothing was written.
    #[error("the transaction is not valid")]
    Invalid(#[source] TransactionError),
    /// There is no room for the transaction. Nothing was written; smaller transactions, deletions, or the same
    /// one after room was made, can succeed.
    #[error("the store is full")]
    Full {
        /// What the backend says.
        #[source]
        source: SharedError,
    },
    /// The backend could not carry out the transaction just now. Nothing was written; it can be tried again.
    #[error("the store cannot write at the moment")]
    Unavailable {
        /// What the backend says.
        #[source]
        source: SharedError,
    },
    /// The backend failed in the act. Nobody has seen the transaction, yet it may turn out to be there after
    /// a restart.
    #[error("the store failed while writing, the outcome is unknown")]
    Unknown {
        /// What the backend says.
        #[source]
        source: SharedError,
    },
    /// The store has failed before and takes no more transactions; reads go on. Nothing was written.
    #[error("the store is read-only after a failure")]
    ReadOnly {
        /// The failure.
        #[source]
        source: SharedError,
    },
    /// The store was closed. Nothing was written.
    #[error("the store is closed")]
    Closed,
}

/// A watch cannot start, or ends.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WatchError {
    /// The changes at the wanted revision are no longer kept, or were removed before the watcher came to read them.
    /// Scan, then watch from the revision after the scan's.
    #[error("the changes before revision {oldest} are no longer kept")]
    Compacted {
        /// The oldest revision from which a watch can start.
        oldest: Revision,
    },
    /// The wanted revision is beyond the next one: the caller has seen another store, or this one has been
    /// replaced by an older copy. Scan, then watch from the revision after the scan's.
    #[error("the revision {from} is in the future of the store, which is at {current}")]
    FutureRevision {
        /// The wanted revision.
        from: Revision,
        /// The revision of the store.
        current: Revision,
    },
    /// The store could not be read.
    #[error("cannot watch")]
    Store(#[source] StoreError),
}

impl CommitError {
    /// Whether the state has changed under the caller, so that reading and deciding again is the answer.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. } | Self::Compacted { .. })
    }
}

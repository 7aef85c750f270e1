//! The contract of a store.

use crate::contents::Contents;
use crate::entry::{Entry, Revision};
use crate::error::{CommitError, SharedError, StoreError, WatchError};
use crate::key::{Key, Prefix};
use crate::transaction::Transaction;
use crate::watch::Watch;

/// A future on the heap, so that the store can be an `Arc<dyn Store>`.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Revisioned keys with transactions and watch.
///
/// What every backend promises; `store_suite!` checks it:
///
/// - Transactions are applied one after the other. Each that changes something gets the next revision: they increase
///   by one, also across restarts. One that changes nothing (conditions only, deletion of absent keys) gets none.
/// - An acknowledged transaction survives the end of the process at any moment; no part of a transaction is ever seen
///   without the rest.
/// - What a caller has been told (by `commit`, `get`, `scan`, `watch`) is seen by every later read of the same store,
///   and lies at or before what `revision` answers.
/// - Nothing a reader or watcher does or fails to do delays a writer.
pub trait Store: Send + Sync + 'static {
    /// The revision of the last transaction; [`Revision::ZERO`] for an empty store.
    fn revision(&self) -> BoxFuture<'_, Result<Revision, StoreError>>;

    /// The entry of `key`, if it exists.
    fn get(&self, key: Key) -> BoxFuture<'_, Result<Option<Entry>, StoreError>>;

    /// Entries in the order of their keys, all as of one revision.
    fn scan(&self, scan: Scan) -> BoxFuture<'_, Result<Page, StoreError>>;

    /// All entries of `prefix`, as of one revision, in portions of moderate size: what a scan without limit answers, without
    /// holding all of it in memory.
    ///
    /// [`Store::close`] ends it with [`StoreError::Closed`] where it has not come to its end.
    fn contents(&self, prefix: Prefix) -> BoxFuture<'_, Result<Contents, StoreError>>;

    /// Carries out `transaction` if all its conditions hold; answers when it is on disk.
    ///
    /// A caller that drops the future does not learn the outcome; the transaction may be carried out all the same.
    fn commit(&self, transaction: Transaction) -> BoxFuture<'_, Result<Committed, CommitError>>;

    /// The changes of `prefix` from the transaction `from` on (included), in order, without gaps or repetitions;
    /// first those of the past, then each new one as it is committed.
    ///
    /// `from` is at least 1 (0 is taken as 1) and at most the revision after the last. Fails with
    /// [`WatchError::Compacted`], now or later, when the changes at which the watch stands are no longer kept.
    fn watch(&self, prefix: Prefix, from: Revision) -> BoxFuture<'_, Result<Watch, WatchError>>;

    /// Forgets the changes of the transactions before `before`; entries are not affected. Watches that have not come
    /// so far end with [`WatchError::Compacted`]. The last transaction is always kept. Answers the oldest revision
    /// from which a watch can start now.
    fn compact(&self, before: Revision) -> BoxFuture<'_, Result<Revision, StoreError>>;

    /// Finishes the transactions that were handed in, ends the watches and releases the data. Later calls fail
    /// with `Closed`, except `close` itself, which may be called again.
    fn close(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Whether the store takes transactions.
    fn health(&self) -> Health;
}

/// Which entries to scan, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Keys that start with this.
    pub prefix: Prefix,
    /// Only keys behind this one; the last key of the page before.
    pub after: Option<Key>,
    /// Most entries of the page; `None` for all of them. At least 1 (0 is taken as 1).
    pub limit: Option<usize>,
}

/// Entries as of one revision.
///
/// Two pages may be of different revisions; who needs more than one page of one state asks for [`Store::contents`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The entries in the order of their keys.
    pub entries: Vec<Entry>,
    /// The state of the store that the page shows. A watch from the revision after it continues without a gap.
    pub revision: Revision,
    /// Whether entries follow behind the last one of this page.
    pub more: bool,
}

/// A transaction was carried out and is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// The revision of the transaction; the store's revision at that moment if it changed nothing.
    pub revision: Revision,
}

/// What a store can do at the moment.
#[derive(Debug, Clone)]
pub enum Health {
    /// Reads and writes.
    Ready,
    /// Reads only, until the process is restarted.
    ReadOnly {
        /// The failure that led here.
        reason: SharedError,
    },
    /// Nothing; the store was closed.
    Closed,
}

impl Scan {
    /// All entries of `prefix`.
    pub fn all(prefix: Prefix) -> Self {
        Self { prefix, after: None, limit: None }
    }

    /// At most `limit` entries.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Only entries behind `key`.
    #[must_use]
    pub fn after(mut self, key: Key) -> Self {
        self.after = Some(key);
        self
    }
}

//! What a watch delivers.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::stream::{BoxStream, Stream, StreamExt};

use crate::entry::{Entry, Revision};
use crate::error::WatchError;
use crate::key::{Key, Prefix};

/// The changes of one transaction, as far as they concern the prefix of the watch; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The transaction.
    pub revision: Revision,
    /// Its changes, in the order in which the transaction listed them.
    pub changes: Vec<Change>,
}

/// One key was written or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The key was made or got a new value.
    Put(Entry),
    /// The key was removed.
    Delete {
        /// The key.
        key: Key,
        /// The transaction that removed it.
        mod_revision: Revision,
    },
}

/// A running watch: a stream of batches.
///
/// It ends (`None`) when the store is closed, and after its first error. What it has not delivered by then is found by
/// the next watch, from the revision after the last batch. A watcher may take its time: it holds nothing up, and falls
/// behind only until the changes it has not seen are compacted.
pub struct Watch {
    /// `None` once the watch has ended.
    stream: Option<BoxStream<'static, Result<Batch, WatchError>>>,
}

impl Watch {
    /// For backends: a watch that delivers the items of `stream`, up to and including its first error.
    pub fn new(stream: impl Stream<Item = Result<Batch, WatchError>> + Send + 'static) -> Self {
        Self { stream: Some(stream.boxed()) }
    }

    /// The next batch. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Batch, WatchError>> {
        StreamExt::next(self).await
    }
}

impl Stream for Watch {
    type Item = Result<Batch, WatchError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(stream) = &mut self.stream else { return Poll::Ready(None) };
        let item = std::task::ready!(stream.poll_next_unpin(cx));
        if !matches!(item, Some(Ok(_))) {
            self.stream = None;
        }
        Poll::Ready(item)
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

impl Batch {
    /// The part of this batch that concerns `prefix`, if any.
    pub fn restricted_to(&self, prefix: &Prefix) -> Option<Self> {
        let changes: Vec<_> = self.changes.iter().filter(|change| prefix.covers(change.key())).cloned().collect();
        (!changes.is_empty()).then_some(Self { revision: self.revision, changes })
    }
}

impl Change {
    /// The key that was written or removed.
    pub fn key(&self) -> &Key {
        match self {
            Self::Put(entry) => &entry.key,
            Self::Delete { key, .. } => key,
        }
    }
}

//! Everything below a prefix, read in portions.

use std::fmt;

use futures_util::stream::{BoxStream, Stream, StreamExt};

use crate::entry::{Entry, Revision};
use crate::error::StoreError;

/// Entries as of one revision, in the order of their keys, in portions that are read while earlier ones are used: however
/// much there is, little of it is in memory at a time.
///
/// Ends with `None`, or with its first error. Reading on keeps the state of that one revision at hand for this reader;
/// who does not want the rest drops it.
pub struct Contents {
    revision: Revision,
    /// `None` once the end was reached.
    portions: Option<BoxStream<'static, Result<Vec<Entry>, StoreError>>>,
}

impl Contents {
    /// For backends: the entries that `portions` yields, all as of `revision`.
    pub fn new(
        revision: Revision,
        portions: impl Stream<Item = Result<Vec<Entry>, StoreError>> + Send + 'static,
    ) -> Self {
        Self { revision, portions: Some(portions.boxed()) }
    }

    /// The state of the store that the entries show. A watch from the revision after it continues without a gap.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// The next entries, at least one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Vec<Entry>, StoreError>> {
        let item = self.portions.as_mut()?.next().await;
        if !matches!(item, Some(Ok(_))) {
            self.portions = None;
        }
        item
    }
}

impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contents").field("revision", &self.revision).finish_non_exhaustive()
    }
}

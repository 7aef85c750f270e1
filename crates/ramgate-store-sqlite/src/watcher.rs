//! Watches: each pulls what it lacks, from memory or from the file.

use std::collections::VecDeque;
use std::sync::Arc;

use futures_util::stream;
use ramgate_store::{Batch, Prefix, Revision, StoreError, Watch, WatchError};
use tokio::sync::watch;

use crate::history::Section;
use crate::reader::Readers;
use crate::shared::{Progress, Shared};

struct Watcher {
    shared: Arc<Shared>,
    readers: Readers,
    progress: watch::Receiver<Progress>,
    prefix: Prefix,
    /// The revision that is read next.
    next: Revision,
    /// Read, but not delivered.
    pending: VecDeque<Batch>,
}

/// Starts a watch of `prefix` at the revision `from`.
pub(crate) fn watch(
    shared: &Arc<Shared>,
    readers: &Readers,
    prefix: Prefix,
    from: Revision,
) -> Result<Watch, WatchError> {
    let next = from.max(Revision(1));
    let progress = shared.subscribe();
    {
        let now = progress.borrow();
        if next < now.oldest {
            return Err(WatchError::Compacted { oldest: now.oldest });
        }
        if next > now.revision.next() {
            return Err(WatchError::FutureRevision { from, current: now.revision });
        }
    }
    let watcher =
        Watcher { shared: shared.clone(), readers: readers.clone(), progress, prefix, next, pending: VecDeque::new() };
    Ok(Watch::new(stream::unfold(watcher, |mut watcher| async {
        let item = watcher.next_batch().await.transpose()?;
        Some((item, watcher))
    })))
}

impl Watcher {
    /// The next batch; `None` when the store was closed.
    async fn next_batch(&mut self) -> Result<Option<Batch>, WatchError> {
        loop {
            if let Some(batch) = self.pending.pop_front() {
                return Ok(Some(batch));
            }
            let now = self.progress.borrow_and_update().clone();
            if self.next < now.oldest {
                return Err(WatchError::Compacted { oldest: now.oldest });
            }
            if self.next > now.revision {
                if now.ended || self.progress.changed().await.is_err() {
                    return Ok(None);
                }
            } else if let Some(batches) = self.shared.recent_from(self.next) {
                if let Some(last) = batches.last() {
                    self.next = last.revision.next();
                }
                self.pending.extend(batches.iter().filter_map(|batch| batch.restricted_to(&self.prefix)));
            } else {
                match self.readers.history(self.prefix.clone(), self.next, now.revision).await {
                    Ok(Section::Batches { batches, next }) => {
                        self.next = next;
                        self.pending.extend(batches);
                    }
                    Ok(Section::Compacted { oldest }) => return Err(WatchError::Compacted { oldest }),
                    Err(StoreError::Closed) => return Ok(None),
                    Err(error) => return Err(WatchError::Store(error)),
                }
            }
        }
    }
}

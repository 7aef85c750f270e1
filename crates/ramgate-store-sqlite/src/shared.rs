//! What the writer, the readers and the watchers have in common: how far the store is, and its newest changes.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ramgate_store::{Batch, Revision, SharedError};
use tokio::sync::watch;

use crate::files::DataLock;
use crate::history;

/// Most batches and most bytes of keys and values that are kept in memory for watchers.
const RECENT_BATCHES: usize = 1024;
const RECENT_BYTES: usize = 16 * 1024 * 1024;
/// Most batches that a watcher takes at a time.
const TAKEN_AT_ONCE: usize = 64;

/// How far the store is.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    /// The last transaction that is on disk.
    pub(crate) revision: Revision,
    /// The oldest revision whose changes are kept.
    pub(crate) oldest: Revision,
    /// Why the store takes no more transactions, if so.
    pub(crate) failure: Option<SharedError>,
    /// The writer has finished; nothing here will change any more.
    pub(crate) ended: bool,
}

pub(crate) struct Shared {
    progress: watch::Sender<Progress>,
    recent: Mutex<Recent>,
    lock: Mutex<Option<DataLock>>,
}

/// The newest batches, without gaps, up to the revision of the store.
#[derive(Default)]
struct Recent {
    batches: VecDeque<Arc<Batch>>,
    bytes: usize,
}

impl Shared {
    pub(crate) fn new(revision: Revision, oldest: Revision, lock: DataLock) -> Self {
        let progress = Progress { revision, oldest, failure: None, ended: false };
        Self { progress: watch::Sender::new(progress), recent: Mutex::default(), lock: Mutex::new(Some(lock)) }
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<Progress> {
        self.progress.subscribe()
    }

    pub(crate) fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// Makes committed transactions known.
    pub(crate) fn publish(&self, batches: Vec<Batch>) {
        let Some(revision) = batches.last().map(|batch| batch.revision) else { return };
        {
            let mut recent = self.recent();
            for batch in batches {
                recent.bytes += size(&batch);
                recent.batches.push_back(Arc::new(batch));
            }
            while recent.batches.len() > RECENT_BATCHES || recent.bytes > RECENT_BYTES {
                recent.drop_oldest();
            }
        }
        // After the batches: who sees the revision finds its changes.
        self.progress.send_modify(|progress| progress.revision = revision);
    }

    /// Makes known that the changes before `oldest` are gone.
    pub(crate) fn compacted(&self, oldest: Revision) {
        // What is still in memory does not have to go: watchers ask for `oldest` first.
        self.progress.send_modify(|progress| progress.oldest = oldest);
    }

    /// Makes known that no more transactions are taken.
    pub(crate) fn failed(&self, failure: SharedError) {
        self.progress.send_modify(|progress| progress.failure = Some(failure));
    }

    /// Makes known that the writer has finished, and releases the data for others.
    pub(crate) fn ended(&self) {
        drop(lock(&self.lock).take());
        self.progress.send_modify(|progress| progress.ended = true);
    }

    /// Batches from the revision `from` on, as far as memory goes; `None` if it does not go back so far.
    pub(crate) fn recent_from(&self, from: Revision) -> Option<Vec<Arc<Batch>>> {
        let recent = self.recent();
        let first = recent.batches.front()?.revision;
        let skip = usize::try_from(from.0.checked_sub(first.0)?).ok()?;
        let batches: Vec<_> = recent.batches.iter().skip(skip).take(TAKEN_AT_ONCE).cloned().collect();
        (!batches.is_empty()).then_some(batches)
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        lock(&self.recent)
    }
}

impl Recent {
    fn drop_oldest(&mut self) {
        if let Some(batch) = self.batches.pop_front() {
            self.bytes -= size(&batch);
        }
    }
}

fn size(batch: &Batch) -> usize {
    batch.changes.iter().map(history::size).sum()
}

/// Nothing that holds these locks can panic halfway through a change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

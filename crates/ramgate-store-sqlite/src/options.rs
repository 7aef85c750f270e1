//! How a store is opened.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Where the store lies and how it behaves.
#[derive(Clone)]
pub struct Options {
    /// The database file. It and its directory are made if they do not exist; beside it lie `…-wal`, `…-shm` and `…-lock`.
    pub path: PathBuf,
    /// How long changes are kept for watches.
    pub retention: Retention,
    /// Threads that read, `1..=64`. Default 2.
    pub n_readers: usize,
    /// Largest size of the database file in bytes, rounded down to pages of 4 KiB; `None` for no limit but the disk's.
    /// A transaction beyond it fails with `CommitError::Full`. Default none.
    pub max_bytes: Option<u64>,
    /// Whether the structure of an existing file is checked before it is used. Default yes.
    pub check_on_open: bool,
    /// What time it is; decides about [`Retention::keep_for`] only. Default the system's clock.
    pub clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

/// Which changes are kept for watches from the past: those of the last `keep_revisions` transactions and those not
/// older than `keep_for`, whichever is more, but not more than `max_revisions`. Older ones are removed as new ones come.
///
/// A watcher that is further behind has to scan again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Transactions that are kept however old they are, at least 1. Default 10 000.
    pub keep_revisions: u64,
    /// Age up to which transactions are kept. Default 5 minutes.
    pub keep_for: Duration,
    /// Transactions that are kept at most, however young they are; not below `keep_revisions`. Default 200 000.
    pub max_revisions: u64,
}

impl Options {
    /// The store in the file `path`, everything else by default.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            retention: Retention::default(),
            n_readers: 2,
            max_bytes: None,
            check_on_open: true,
            clock: Arc::new(SystemTime::now),
        }
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self { keep_revisions: 10_000, keep_for: Duration::from_secs(300), max_revisions: 200_000 }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("path", &self.path)
            .field("retention", &self.retention)
            .field("n_readers", &self.n_readers)
            .field("max_bytes", &self.max_bytes)
            .field("check_on_open", &self.check_on_open)
            .finish_non_exhaustive()
    }
}

//! What can go wrong with the log, and what to do about it.

use std::path::PathBuf;
use std::sync::Arc;

/// An error of SQLite, shared because one failed transaction answers several callers.
pub(crate) type SharedSqlError = Arc<rusqlite::Error>;

/// A call on the audit log did not succeed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AuditError {
    /// The file, or its folder, cannot be used.
    #[error("cannot open the audit log `{}`", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// There is no such file.
    #[error("there is no audit log `{}`", path.display())]
    Absent {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else, or was cut off. It is left as it is.
    #[error(
        "`{}` is not an audit log of Ramgate ({what}); it was left as it is: restore it from a backup, or move it away \
         and a new log is begun",
        path.display()
    )]
    NotALog {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The file is of a later format. It is left as it is.
    #[error(
        "the audit log `{}` has format {found}, and this Ramgate knows formats up to {known}; it was left as it is: \
         run the Ramgate that wrote it, or move the file away and a new log is begun",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The latest format known here.
        known: i64,
    },
    /// The file is an audit log that cannot be continued. It is left as it is.
    #[error(
        "the audit log `{}` is damaged ({what}); it was left as it is: look at it with `ramgate audit verify`, restore \
         it from a backup, or move it away and a new log is begun",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Another process writes this log.
    #[error("the audit log `{}` is in use by another process: stop it, or give this one its own data directory", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The record was not written.
    #[error("cannot write the audit log")]
    Write {
        /// What SQLite says.
        #[source]
        source: SharedSqlError,
    },
    /// The queue had no room within the time that a call may wait, or the log cannot be written and the queue is full.
    /// Nothing was recorded.
    #[error("the audit log does not keep up, {queued} records are waiting to be written")]
    Overloaded {
        /// Records in the queue.
        queued: usize,
    },
    /// The log cannot be read.
    #[error("cannot read the audit log")]
    Read {
        /// What SQLite says.
        #[source]
        source: SharedSqlError,
    },
    /// A record cannot be read back: somebody has changed the file.
    #[error("record {sequence} of the audit log cannot be read: {what}")]
    BadRecord {
        /// The record.
        sequence: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A cursor that no page has given out.
    #[error("`{cursor}` is not a cursor of the audit log")]
    Cursor {
        /// As given.
        cursor: String,
    },
    /// The log was closed while records could not be written. They are lost.
    #[error("the audit log was closed with {records} records that could not be written")]
    Unwritten {
        /// How many.
        records: usize,
        /// What SQLite says.
        #[source]
        source: SharedSqlError,
    },
    /// The log was closed.
    #[error("the audit log is closed")]
    Closed,
}

impl AuditError {
    pub(crate) fn read(source: rusqlite::Error) -> Self {
        Self::Read { source: Arc::new(source) }
    }
}

//! Errors of opening a store, and what errors of SQLite mean for a transaction.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ramgate_store::{CommitError, Revision, SharedError, StoreError};
use rusqlite::ErrorCode;

/// The store was not opened, and nothing in an existing file was changed. The message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process, or another part of this one, has the store open.
    #[error(
        "the store `{}` is in use{}: stop that process, or choose another data directory",
        path.display(), holder.map(|id| format!(" by process {id}")).unwrap_or_default()
    )]
    InUse {
        /// The database file.
        path: PathBuf,
        /// The process that has it open, if it left its number.
        holder: Option<u32>,
    },
    /// The file is something else than a SQLite database.
    #[error(
        "`{}` is not a SQLite database: move it away to start with an empty store, or put the right file in its place",
        path.display()
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is a SQLite database of another program.
    #[error(
        "`{}` is a database of another program (application id {application_id:#x}): choose another data directory",
        path.display()
    )]
    OtherApplication {
        /// The database file.
        path: PathBuf,
        /// What it says it is.
        application_id: i64,
    },
    /// The database was written by a newer version.
    #[error(
        "the store `{}` has schema version {found}, this program knows versions up to {supported}: \
         start the newer version that wrote it, or restore a copy from before the upgrade",
        path.display()
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// The schema version of the file.
        found: i64,
        /// The newest schema version this program knows.
        supported: i64,
    },
    /// The database is damaged.
    #[error(
        "the store `{}` is damaged ({details}): keep a copy of it together with its `-wal` file, then restore a backup, \
         or save what is left with `sqlite3 {} .recover`",
        path.display(), path.display()
    )]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What was found.
        details: String,
    },
    /// There is a write-ahead log, but no database that it belongs to. Opening the database would remove the log.
    #[error(
        "`{}` is missing or empty, but its write-ahead log `{}` is there: put the database file back, \
         or move the log away to start with an empty store",
        path.display(), log.display()
    )]
    LogWithoutDatabase {
        /// The database file.
        path: PathBuf,
        /// The write-ahead log.
        log: PathBuf,
    },
    /// The operating system refused something.
    #[error("cannot {attempt} `{}`", path.display())]
    Io {
        /// What was attempted, for example `make the directory`.
        attempt: &'static str,
        /// Of which file or directory.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// SQLite refused something.
    #[error("cannot {attempt} of the store `{}`", path.display())]
    Sqlite {
        /// What was attempted, for example `read the schema version`.
        attempt: &'static str,
        /// The database file.
        path: PathBuf,
        /// Why it failed.
        #[source]
        source: rusqlite::Error,
    },
}

impl OpenError {
    /// For `map_err`: an error of SQLite during `attempt`, told apart from damage.
    pub(crate) fn sqlite(attempt: &'static str, path: &Path) -> impl FnOnce(rusqlite::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, details: format!("cannot {attempt}: {source}") },
            _ => Self::Sqlite { attempt, path, source },
        }
    }

    /// For `map_err`: an error of the operating system during `attempt`.
    pub(crate) fn io(attempt: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { attempt, path, source }
    }
}

/// Something happened that the writer cannot answer with a plain error of SQLite.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Somebody else writes to the file.
    #[error("the database was changed by another program: it is at revision {found}, not {expected}")]
    ForeignRevision { found: Revision, expected: Revision },
    /// A bug; the thread is gone.
    #[error("the writer thread has ended unexpectedly")]
    WriterGone,
    /// A bug; the thread is gone.
    #[error("a reader thread has ended unexpectedly")]
    ReaderGone,
    /// SQLite says no.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// How far a group of transactions came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// `COMMIT` was not tried; after a rollback nothing is left.
    Before,
    /// `COMMIT` failed.
    Commit,
}

/// What a failed group means for its transactions and for those after it.
pub(crate) enum Verdict {
    /// Nothing was written and the store is sound: the transactions fail with this error, later ones are tried.
    Passing(CommitError),
    /// The store takes no more transactions in this process; the present ones fail with this error.
    Lasting(CommitError, SharedError),
}

impl Failure {
    pub(crate) fn verdict(self, stage: Stage) -> Verdict {
        let code = match &self {
            Self::Sqlite(error) => error.sqlite_error_code(),
            _ => None,
        };
        let source: SharedError = Arc::new(self);
        match (code, stage) {
            // SQLite reports a full disk only where a write did not fit; the frame that ends the transaction in the
            // log is the last one, so it was not written.
            (Some(ErrorCode::DiskFull), _) => Verdict::Passing(CommitError::Full { source }),
            (Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked), _)
            | (Some(ErrorCode::OutOfMemory), Stage::Before) => Verdict::Passing(CommitError::Unavailable { source }),
            // After a failed `fsync` the kernel may have dropped the pages and reports success the next time;
            // going on could acknowledge what is not on disk. Only reading the file anew tells what is there.
            (_, Stage::Commit) => Verdict::Lasting(CommitError::Unknown { source: source.clone() }, source),
            (_, Stage::Before) => Verdict::Lasting(CommitError::ReadOnly { source: source.clone() }, source),
        }
    }
}

/// A read failed.
pub(crate) fn read_error(attempt: impl Into<String>, source: impl Into<Failure>) -> StoreError {
    StoreError::Backend { attempt: attempt.into(), source: Arc::new(source.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verdict on the SQLite error `code`, by the names of its parts.
    fn check(code: i32, stage: Stage, expected: &str) {
        let failure = Failure::Sqlite(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None));
        let found = match failure.verdict(stage) {
            Verdict::Passing(CommitError::Full { .. }) => "passing full",
            Verdict::Passing(CommitError::Unavailable { .. }) => "passing unavailable",
            Verdict::Lasting(CommitError::Unknown { .. }, _) => "lasting unknown",
            Verdict::Lasting(CommitError::ReadOnly { .. }, _) => "lasting read-only",
            Verdict::Passing(_) | Verdict::Lasting(..) => "another",
        };
        assert_eq!(found, expected, "code {code} {stage:?}");
    }

    #[test]
    fn only_errors_that_certainly_wrote_nothing_let_the_store_go_on() {
        use rusqlite::ffi;
        check(ffi::SQLITE_FULL, Stage::Before, "passing full");
        check(ffi::SQLITE_FULL, Stage::Commit, "passing full");
        check(ffi::SQLITE_BUSY, Stage::Before, "passing unavailable");
        check(ffi::SQLITE_NOMEM, Stage::Before, "passing unavailable");
        check(ffi::SQLITE_NOMEM, Stage::Commit, "lasting unknown");
        check(ffi::SQLITE_IOERR_FSYNC, Stage::Commit, "lasting unknown");
        check(ffi::SQLITE_IOERR_WRITE, Stage::Commit, "lasting unknown");
        check(ffi::SQLITE_IOERR_READ, Stage::Before, "lasting read-only");
        check(ffi::SQLITE_CORRUPT, Stage::Before, "lasting read-only");
        check(ffi::SQLITE_CONSTRAINT_UNIQUE, Stage::Before, "lasting read-only");
    }
}

//! The file: making a new one, and checking that an existing one is a log that can be continued.
//!
//! Whatever is found at the path is left as it is unless it is a log of this format. A new log is made complete under
//! another name and then moved to its place, so that an empty or half-made file at the path is never ours.

use crate::chain::{Hash, Head};
use crate::{AuditError, row::RetentionRow};
use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SCHEMA: &str = include_str!("schema.sql");

/// `RGAU`, in the header of the file.
const APPLICATION_ID: i64 = 0x5247_4155;

/// The format of [`SCHEMA`].
const FORMAT: i64 = 1;

/// How long a connection waits for another one. Readers do not block the writer; this is for checkpoints and backups.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Opens the log for appending, making it when there is none. The file is the lock that keeps a second writer away.
pub(crate) fn open_for_writing(path: &Path) -> Result<(Connection, File), AuditError> {
    let cannot = |source: io::Error| AuditError::Open { path: path.to_owned(), source: Arc::new(source) };
    let lock = private_file(&beside(path, ".lock"), true).map_err(cannot)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(AuditError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => return Err(cannot(error)),
    }
    if !path.try_exists().map_err(cannot)? {
        create(path)?;
    }
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, "")?;
    check(path, &connection)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000;
             PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -8192; PRAGMA recursive_triggers = ON;",
        )
        .map_err(|error| refused(path, error))?;
    Ok((connection, lock))
}

/// Opens the log for reading, also while another process appends to it.
pub(crate) fn open_for_reading(path: &Path) -> Result<Connection, AuditError> {
    let open = |parameters| {
        let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI, parameters)?;
        check(path, &connection)?;
        connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8192;").map_err(AuditError::read)?;
        Ok(connection)
    };
    match path.try_exists() {
        Ok(true) => {}
        Ok(false) => return Err(AuditError::Absent { path: path.to_owned() }),
        Err(error) => return Err(AuditError::Open { path: path.to_owned(), source: Arc::new(error) }),
    }
    match open("mode=ro") {
        // Without a writer, in a folder where nothing can be created (a copy on other media): nobody can change it.
        Err(AuditError::Open { .. }) if !beside(path, "-wal").exists() => open("mode=ro&immutable=1"),
        other => other,
    }
}

/// The last record of the log.
pub(crate) fn head(connection: &Connection) -> rusqlite::Result<Head> {
    let mut head = Head { sequence: 0, hash: genesis(connection)? };
    for table in ["call", "ending", "retention"] {
        let sql = format!("SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1");
        let last = connection.query_row(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Hash>(1)?)));
        if let Some((seq, hash)) = last.optional()?
            && seq.unsigned_abs() > head.sequence
        {
            head = Head { sequence: seq.unsigned_abs(), hash };
        }
    }
    Ok(head)
}

/// The random value before the first record.
pub(crate) fn genesis(connection: &Connection) -> rusqlite::Result<Hash> {
    connection.query_row("SELECT genesis FROM origin", [], |row| row.get(0))
}

/// The last removal.
pub(crate) fn last_retention(connection: &Connection) -> rusqlite::Result<Option<RetentionRow>> {
    connection
        .prepare_cached("SELECT seq, time, before, upto, upto_hash FROM retention ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| RetentionRow::read(row, 0))
        .optional()
}

/// The number of the last record that was released for removal; 0 when none was.
pub(crate) fn floor(connection: &Connection) -> rusqlite::Result<i64> {
    Ok(last_retention(connection)?.map_or(0, |row| row.upto))
}

/// Now, in milliseconds since the Unix epoch, for what the log itself does.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn create(path: &Path) -> Result<(), AuditError> {
    let cannot = |source: io::Error| AuditError::Open { path: path.to_owned(), source: Arc::new(source) };
    let cannot_sql = |source| AuditError::Open { path: path.to_owned(), source: Arc::new(source) };
    // A leftover of an attempt that was cut off: never used as a log, and no other writer can be at it.
    let draft = beside(path, ".new");
    for leftover in [draft.clone(), beside(&draft, "-journal")] {
        match std::fs::remove_file(&leftover) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
    }
    private_file(&draft, false).map_err(cannot)?;
    let mut genesis = [0; 32];
    SystemRandom::new().fill(&mut genesis).map_err(|_| cannot(io::Error::other("no randomness")))?;

    let connection = connect(&draft, OpenFlags::SQLITE_OPEN_READ_WRITE, "")?;
    let write = || {
        connection.execute_batch("BEGIN")?;
        connection.execute_batch(SCHEMA)?;
        connection.execute("INSERT INTO origin VALUES (1, ?1, ?2)", rusqlite::params![genesis, now()])?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.pragma_update(None, "user_version", FORMAT)?;
        connection.execute_batch("COMMIT")
    };
    write().map_err(cannot_sql)?;
    connection.close().map_err(|(_, error)| cannot_sql(error))?;

    // A link, unlike a rename, does not replace what somebody has put there in the meantime. Not all file systems have
    // links; the lock keeps other writers away in any case.
    match std::fs::hard_link(&draft, path) {
        Ok(()) => std::fs::remove_file(&draft).map_err(cannot)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(cannot(error)),
        Err(_) => std::fs::rename(&draft, path).map_err(cannot)?,
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(cannot)
}

/// Creates a file that only its owner can read.
fn private_file(path: &Path, existing_is_fine: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    if existing_is_fine {
        options.create(true).truncate(false);
    } else {
        options.create_new(true);
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn connect(path: &Path, flags: OpenFlags, parameters: &str) -> Result<Connection, AuditError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = if parameters.is_empty() {
        Connection::open_with_flags(path, flags)
    } else {
        let escaped = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        Connection::open_with_flags(format!("file:{escaped}?{parameters}"), flags)
    };
    let connection = connection.map_err(|error| refused(path, error))?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(|error| refused(path, error))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Refuses what is not a log of this format, complete with its indexes and triggers.
fn check(path: &Path, connection: &Connection) -> Result<(), AuditError> {
    let not_a_log = |what: &str| AuditError::NotALog { path: path.to_owned(), what: what.to_owned() };
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    if path.metadata().is_ok_and(|metadata| metadata.len() == 0) {
        return Err(not_a_log("it is empty"));
    }
    let application_id = number("PRAGMA application_id").map_err(|error| refused(path, error))?;
    if application_id != APPLICATION_ID {
        return Err(not_a_log("it is an SQLite file of something else"));
    }
    let found = number("PRAGMA user_version").map_err(|error| refused(path, error))?;
    if found > FORMAT {
        return Err(AuditError::Newer { path: path.to_owned(), found, known: FORMAT });
    }
    let damaged = |what: String| AuditError::Damaged { path: path.to_owned(), what };
    if found < 1 {
        return Err(damaged(format!("format {found} does not exist")));
    }
    let expected = Connection::open_in_memory().and_then(|memory| {
        memory.execute_batch(SCHEMA)?;
        objects(&memory)
    });
    let expected = expected.map_err(AuditError::read)?;
    let actual = objects(connection).map_err(|error| refused(path, error))?;
    for object in &expected {
        if !actual.contains(object) {
            return Err(damaged(format!("its {} `{}` is missing or was changed", object.0, object.1)));
        }
    }
    for object in &actual {
        // Statistics are SQLite's own, after an `ANALYZE` by hand.
        if !expected.contains(object) && !object.1.starts_with("sqlite_stat") {
            return Err(damaged(format!("somebody has added the {} `{}`", object.0, object.1)));
        }
    }
    head(connection).map(|_| ()).map_err(|error| refused(path, error))
}

type Object = (String, String, Option<String>);

fn objects(connection: &Connection) -> rusqlite::Result<Vec<Object>> {
    let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

fn refused(path: &Path, error: rusqlite::Error) -> AuditError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => AuditError::NotALog { path, what: "it is not an SQLite file".to_owned() },
        Some(ErrorCode::DatabaseCorrupt) => AuditError::Damaged { path, what: error.to_string() },
        _ => match error {
            rusqlite::Error::QueryReturnedNoRows | rusqlite::Error::FromSqlConversionFailure(..) => {
                AuditError::Damaged { path, what: "its origin or its last record is missing".to_owned() }
            }
            error => AuditError::Open { path, source: Arc::new(error) },
        },
    }
}

/// `<path><suffix>`, as SQLite names the files that belong to a database.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

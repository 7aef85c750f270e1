//! Opening a database: everything that must be true before the first transaction, checked without writing to it.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, ffi};

use ramgate_store::Revision;

use crate::error::OpenError;
use crate::files::{self, DataLock, Found};
use crate::history;
use crate::options::Options;
use crate::schema;

/// An opened database.
pub(crate) struct Opened {
    pub(crate) lock: DataLock,
    pub(crate) writer: Connection,
    pub(crate) readers: Vec<Connection>,
    /// The revision of the last transaction.
    pub(crate) revision: Revision,
    /// The oldest revision whose changes are kept; 1 if there is none.
    pub(crate) oldest: Revision,
}

/// Locks, checks, migrates and opens the database. Takes as long as reading the file; not for async threads.
pub(crate) fn open(options: &Options) -> Result<Opened, OpenError> {
    let path = files::prepare_directory(&options.path)?;
    let lock = files::lock(&path)?;
    let version = match files::inspect(&path)? {
        Found::Empty => 0,
        Found::Database => check(&path, options.check_on_open)?,
    };

    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut writer = Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)
        .map_err(OpenError::sqlite("open the database", &path))?;
    schema::configure_writer(&writer, options.max_bytes).map_err(OpenError::sqlite("set up the database", &path))?;
    schema::migrate(&mut writer, version).map_err(OpenError::sqlite("migrate the schema", &path))?;

    let readers = (0..options.n_readers.clamp(1, 64)).map(|_| {
        let reader = Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        schema::configure_reader(&reader)?;
        Ok(reader)
    });
    let readers = readers.collect::<Result<_, _>>().map_err(OpenError::sqlite("open the database", &path))?;

    let (oldest, revision) = history::bounds(&writer).map_err(OpenError::sqlite("read the revision", &path))?;
    Ok(Opened { lock, writer, readers, revision, oldest })
}

/// Looks at an existing database through a connection that cannot write; answers its schema version.
fn check(path: &Path, thoroughly: bool) -> Result<i64, OpenError> {
    let connection = open_to_check(path).map_err(OpenError::sqlite("open the database", path))?;
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application_id = pragma("application_id").map_err(OpenError::sqlite("read the application id", path))?;
    let version = pragma("user_version").map_err(OpenError::sqlite("read the schema version", path))?;
    if application_id != schema::APPLICATION_ID {
        // A first start that was interrupted leaves a database without tables.
        let table = connection.query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(())).optional();
        let table = table.map_err(OpenError::sqlite("read the schema", path))?;
        if application_id == 0 && version == 0 && table.is_none() {
            return Ok(0);
        }
        return Err(OpenError::OtherApplication { path: path.to_owned(), application_id });
    }
    if version > schema::VERSION {
        return Err(OpenError::Newer { path: path.to_owned(), found: version, supported: schema::VERSION });
    }
    if thoroughly {
        quick_check(&connection, path)?;
    }
    Ok(version)
}

fn open_to_check(path: &Path) -> rusqlite::Result<Connection> {
    let open = |access| {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_NO_MUTEX | access)?;
        schema::configure_reader(&connection)?;
        connection.pragma_query_value(None, "schema_version", |_| Ok(()))?;
        Ok(connection)
    };
    match open(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        // A first start was killed while the file was still without write-ahead log. SQLite has to take back what that
        // had begun before anybody can read the file, and cannot do so through a connection that only reads.
        Err(rusqlite::Error::SqliteFailure(error, _)) if error.extended_code == ffi::SQLITE_READONLY_ROLLBACK => {
            open(OpenFlags::SQLITE_OPEN_READ_WRITE)
        }
        result => result,
    }
}

/// Has SQLite walk through every page, then compares the two tables.
fn quick_check(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let damaged = |details| OpenError::Damaged { path: path.to_owned(), details };

    let mut statement =
        connection.prepare("PRAGMA quick_check(3)").map_err(OpenError::sqlite("check the structure", path))?;
    let findings = statement.query_map([], |row| row.get::<_, String>(0));
    let findings: Vec<_> =
        findings.and_then(Iterator::collect).map_err(OpenError::sqlite("check the structure", path))?;
    if findings != ["ok"] {
        return Err(damaged(findings.join("; ").replace('\n', " ")));
    }

    // A store that took up its revisions again below those it has given out would break every compare-and-swap.
    let (_, revision) = history::bounds(connection).map_err(OpenError::sqlite("read the revision", path))?;
    let newest = connection
        .query_row("SELECT coalesce(max(mod_revision), 0) FROM entries", [], |row| row.get::<_, i64>(0))
        .map_err(OpenError::sqlite("read the newest entry", path))?;
    if history::to_sql(revision) < newest {
        return Err(damaged(format!("an entry is of revision {newest}, the history ends at {revision}")));
    }
    Ok(())
}

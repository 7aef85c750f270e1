//! Tables, their versions, and the settings of a connection.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

/// "RAMG": the mark of our databases in the file header.
pub(crate) const APPLICATION_ID: i64 = 0x5241_4d47;

/// One script per schema version; `PRAGMA user_version` says how many have been run. Scripts are never changed,
/// only added.
const MIGRATIONS: &[&str] = &[
    // 1
    "CREATE TABLE entries (
         id              INTEGER PRIMARY KEY,
         key             TEXT    NOT NULL UNIQUE,
         value           BLOB    NOT NULL,
         create_revision INTEGER NOT NULL,
         mod_revision    INTEGER NOT NULL
     ) STRICT;
     -- What each revision has changed, in order of `id`. A deletion has neither value nor create_revision.
     -- INVARIANT: the revisions here have no gaps, and the newest one is the revision of the store.
     CREATE TABLE changes (
         id              INTEGER PRIMARY KEY,
         revision        INTEGER NOT NULL,
         committed_at_ms INTEGER NOT NULL,
         key             TEXT    NOT NULL,
         create_revision INTEGER,
         value           BLOB
     ) STRICT;
     CREATE INDEX changes_by_revision ON changes (revision);",
];

/// The newest schema version this program knows.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Brings the schema from version `from` to [`VERSION`], each step as a whole or not at all.
pub(crate) fn migrate(connection: &mut Connection, from: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(from).unwrap_or(0);
    for (script, version) in MIGRATIONS.iter().zip(1_i64..).skip(done) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(script)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
        if version > 1 {
            tracing::info!(version, "store schema migrated");
        }
    }
    Ok(())
}

/// Settings of the one connection that writes.
pub(crate) fn configure_writer(connection: &Connection, max_bytes: Option<u64>) -> rusqlite::Result<()> {
    configure(connection)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS a plain fsync does not reach the disk.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    // The log is cut back to this size after it had to grow during a long read.
    connection.pragma_update_and_check(None, "journal_size_limit", 64 * 1024 * 1024, |_| Ok(()))?;
    if let Some(max_bytes) = max_bytes {
        let page_size = connection.pragma_query_value(None, "page_size", |row| row.get::<_, u64>(0))?;
        let n_pages = (max_bytes / page_size.max(1)).clamp(1, 0xffff_fffe);
        connection.pragma_update_and_check(None, "max_page_count", n_pages, |_| Ok(()))?;
    }
    Ok(())
}

/// Settings of a connection that reads.
pub(crate) fn configure_reader(connection: &Connection) -> rusqlite::Result<()> {
    configure(connection)?;
    connection.pragma_update(None, "query_only", true)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    // Only reached if somebody looks into the file with another program while we run.
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(32);
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Negative: KiB. 16 MiB.
    connection.pragma_update(None, "cache_size", -16 * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_waits_for_the_disk_and_a_reader_cannot_write() {
        let directory = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(directory.path().join("store.db")).unwrap();
        configure_writer(&connection, None).unwrap();
        let journal: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        let synchronous: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
        assert_eq!((journal.as_str(), synchronous), ("wal", 2), "an acknowledged transaction would not be on disk");

        migrate(&mut connection, 0).unwrap();
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(version, VERSION);
        configure_reader(&connection).unwrap();
        assert!(connection.execute("DELETE FROM entries", []).is_err());
    }
}

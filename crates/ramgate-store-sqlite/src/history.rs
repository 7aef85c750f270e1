//! The table `changes`: what every revision has changed.
//!
//! Written by the writer thread, read by it and by the reader threads.

use ramgate_store::{Batch, Change, Entry, Key, Prefix, Revision, Value};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A part of the history.
pub(crate) enum Section {
    /// Batches in order; the history before `next` has been read.
    Batches { batches: Vec<Batch>, next: Revision },
    /// The wanted revision is not kept any more.
    Compacted { oldest: Revision },
}

/// Bytes of keys and values after which a section ends.
const SECTION_BYTES: usize = 4 * 1024 * 1024;

/// The oldest kept revision and the newest; 1 and 0 in an empty store.
pub(crate) fn bounds(connection: &Connection) -> rusqlite::Result<(Revision, Revision)> {
    // Two statements: SQLite answers each from one end of the index, both together only by reading all of it.
    let end = |sql: &str| connection.prepare_cached(sql)?.query_row([], |row| row.get::<_, Option<i64>>(0));
    let oldest = end("SELECT min(revision) FROM changes")?;
    let newest = end("SELECT max(revision) FROM changes")?;
    Ok((oldest.map_or(Revision(1), from_sql), newest.map_or(Revision::ZERO, from_sql)))
}

/// The newest revision.
pub(crate) fn newest(connection: &Connection) -> rusqlite::Result<Revision> {
    let mut statement = connection.prepare_cached("SELECT max(revision) FROM changes")?;
    Ok(statement.query_row([], |row| row.get::<_, Option<i64>>(0))?.map_or(Revision::ZERO, from_sql))
}

/// Appends the changes of one revision.
pub(crate) fn append(connection: &Connection, batch: &Batch, committed_at_ms: i64) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO changes (revision, committed_at_ms, key, create_revision, value) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let revision = to_sql(batch.revision);
    for change in &batch.changes {
        let (create_revision, value) = match change {
            Change::Put(entry) => (Some(to_sql(entry.create_revision)), Some(&*entry.value)),
            Change::Delete { .. } => (None, None),
        };
        statement.execute(params![revision, committed_at_ms, change.key().as_str(), create_revision, value])?;
    }
    Ok(())
}

/// Reads the changes of `prefix` in the revisions `from..=to`, all of them or until enough is read.
///
/// To be called within a transaction, so that all statements see the same state.
pub(crate) fn read(
    connection: &Connection,
    prefix: &Prefix,
    from: Revision,
    to: Revision,
) -> rusqlite::Result<Section> {
    let (oldest, _) = bounds(connection)?;
    if from < oldest {
        return Ok(Section::Compacted { oldest });
    }
    let mut statement = connection.prepare_cached(
        "SELECT revision, key, create_revision, value FROM changes WHERE revision BETWEEN ?1 AND ?2
         ORDER BY revision, id",
    )?;
    let mut rows = statement.query([to_sql(from), to_sql(to)])?;
    let mut batches: Vec<Batch> = Vec::new();
    let mut bytes = 0;
    let mut previous = None;
    while let Some(row) = rows.next()? {
        let revision = from_sql(row.get(0)?);
        // A section ends between two revisions only. What is passed over also counts, so that a thread is not
        // occupied for long by a watch of few keys in a long history.
        if bytes >= SECTION_BYTES && previous != Some(revision) {
            return Ok(Section::Batches { batches, next: revision });
        }
        previous = Some(revision);
        let key = read_key(row, 1)?;
        if !prefix.covers(&key) {
            bytes += key.as_str().len();
            continue;
        }
        let change = read_change(row, key, revision)?;
        bytes += size(&change);
        match batches.last_mut() {
            Some(batch) if batch.revision == revision => batch.changes.push(change),
            _ => batches.push(Batch { revision, changes: vec![change] }),
        }
    }
    Ok(Section::Batches { batches, next: to.next() })
}

/// A key of `prefix` that was changed after `since`.
pub(crate) fn changed_after(
    connection: &Connection,
    prefix: &Prefix,
    since: Revision,
) -> rusqlite::Result<Option<Key>> {
    let end = prefix.end();
    let mut statement = connection.prepare_cached(
        "SELECT key FROM changes WHERE revision > ?1 AND key >= ?2 AND (?3 IS NULL OR key < ?3) LIMIT 1",
    )?;
    statement.query_row(params![to_sql(since), prefix.as_str(), end], |row| read_key(row, 0)).optional()
}

/// The oldest revision before `end` that was committed after `time_ms`, if there is one.
pub(crate) fn first_after(connection: &Connection, time_ms: i64, end: Revision) -> rusqlite::Result<Option<Revision>> {
    let mut statement = connection.prepare_cached(
        "SELECT revision FROM changes WHERE revision < ?1 AND committed_at_ms > ?2 ORDER BY revision LIMIT 1",
    )?;
    statement.query_row([to_sql(end), time_ms], |row| row.get(0).map(from_sql)).optional()
}

/// Removes the changes before `before`.
pub(crate) fn remove_before(connection: &Connection, before: Revision) -> rusqlite::Result<usize> {
    connection.prepare_cached("DELETE FROM changes WHERE revision < ?1")?.execute([to_sql(before)])
}

/// An entry from the columns `key, value, create_revision, mod_revision`.
pub(crate) fn read_entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        key: read_key(row, 0)?,
        value: Value::from(row.get::<_, Vec<u8>>(1)?),
        create_revision: from_sql(row.get(2)?),
        mod_revision: from_sql(row.get(3)?),
    })
}

fn read_change(row: &Row<'_>, key: Key, revision: Revision) -> rusqlite::Result<Change> {
    Ok(match row.get::<_, Option<i64>>(2)? {
        None => Change::Delete { key, mod_revision: revision },
        Some(create_revision) => Change::Put(Entry {
            key,
            value: Value::from(row.get::<_, Vec<u8>>(3)?),
            create_revision: from_sql(create_revision),
            mod_revision: revision,
        }),
    })
}

fn read_key(row: &Row<'_>, column: usize) -> rusqlite::Result<Key> {
    let text = row.get_ref(column)?.as_str()?;
    // Only a damaged or foreign file has such a key.
    Key::new(text).map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

pub(crate) fn size(change: &Change) -> usize {
    match change {
        Change::Put(entry) => entry.key.as_str().len() + entry.value.len(),
        Change::Delete { key, .. } => key.as_str().len(),
    }
}

/// SQLite's integers are signed; a revision beyond them is out of reach of any store, and saturating keeps the order.
pub(crate) fn to_sql(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
}

pub(crate) fn from_sql(revision: i64) -> Revision {
    Revision(u64::try_from(revision).unwrap_or(0))
}

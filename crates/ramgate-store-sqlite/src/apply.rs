//! One transaction, inside the SQLite transaction of its group.

use ramgate_store::{
    Batch, Change, CommitError, Condition, Entry, Key, Revision, Transaction, TransactionError, Write,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::history;

/// What became of a transaction; it counts only once the group is committed.
pub(crate) enum Applied {
    /// It has the revision of this batch.
    Changed(Batch),
    /// Its conditions hold and it changed nothing.
    Unchanged,
    /// A condition does not hold; nothing was written.
    Refused(CommitError),
}

/// The state that conditions are judged against.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    /// The revision of the last transaction, those of the same group included.
    pub(crate) revision: Revision,
    /// The oldest revision whose changes are kept.
    pub(crate) oldest: Revision,
}

/// Judges the conditions, then writes. An error of SQLite leaves the group to be rolled back as a whole.
pub(crate) fn apply(
    connection: &Connection,
    transaction: &Transaction,
    before: Before,
    committed_at_ms: i64,
) -> rusqlite::Result<Applied> {
    for condition in transaction.conditions() {
        if let Some(error) = judge(connection, condition, before)? {
            return Ok(Applied::Refused(error));
        }
    }
    let revision = before.revision.next();
    let mut changes = Vec::with_capacity(transaction.writes().len());
    for write in transaction.writes() {
        changes.extend(carry_out(connection, write, revision)?);
    }
    if changes.is_empty() {
        return Ok(Applied::Unchanged);
    }
    let batch = Batch { revision, changes };
    history::append(connection, &batch, committed_at_ms)?;
    Ok(Applied::Changed(batch))
}

fn judge(connection: &Connection, condition: &Condition, before: Before) -> rusqlite::Result<Option<CommitError>> {
    let (key, holds) = match condition {
        Condition::Absent { key } => (key, mod_revision(connection, key)?.is_none()),
        Condition::Exists { key } => (key, mod_revision(connection, key)?.is_some()),
        Condition::At { key, revision } => (key, mod_revision(connection, key)? == Some(*revision)),
        Condition::Unchanged { since, .. } if *since > before.revision => {
            let error = TransactionError::FutureRevision { given: *since, current: before.revision };
            return Ok(Some(CommitError::Invalid(error)));
        }
        Condition::Unchanged { since, .. } if since.next() < before.oldest => {
            return Ok(Some(CommitError::Compacted { oldest: before.oldest }));
        }
        Condition::Unchanged { prefix, since } => {
            let changed = history::changed_after(connection, prefix, *since)?;
            return Ok(changed.map(|key| CommitError::Conflict { key }));
        }
    };
    Ok((!holds).then(|| CommitError::Conflict { key: key.clone() }))
}

fn mod_revision(connection: &Connection, key: &Key) -> rusqlite::Result<Option<Revision>> {
    let mut statement = connection.prepare_cached("SELECT mod_revision FROM entries WHERE key = ?1")?;
    statement.query_row([key.as_str()], |row| row.get(0).map(history::from_sql)).optional()
}

fn carry_out(connection: &Connection, write: &Write, revision: Revision) -> rusqlite::Result<Option<Change>> {
    match write {
        Write::Put { key, value } => {
            let mut statement = connection.prepare_cached(
                "INSERT INTO entries (key, value, create_revision, mod_revision) VALUES (?1, ?2, ?3, ?3)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value, mod_revision = excluded.mod_revision
                 RETURNING create_revision",
            )?;
            let row = params![key.as_str(), &**value, history::to_sql(revision)];
            let create_revision = statement.query_row(row, |row| row.get(0).map(history::from_sql))?;
            let (key, value) = (key.clone(), value.clone());
            Ok(Some(Change::Put(Entry { key, value, create_revision, mod_revision: revision })))
        }
        Write::Delete { key } => {
            let n_rows = connection.prepare_cached("DELETE FROM entries WHERE key = ?1")?.execute([key.as_str()])?;
            Ok((n_rows > 0).then(|| Change::Delete { key: key.clone(), mod_revision: revision }))
        }
    }
}

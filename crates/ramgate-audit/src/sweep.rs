//! Retention: releasing old records, then removing them in small steps between other work.
//!
//! Releasing appends a record that says up to where, with the hash from which the chain goes on; the file's triggers
//! let nothing go that was not released. A sweep that is cut off is taken up when the log is opened again, and readers
//! do not see what was released and is still there.

use crate::AuditError;
use crate::chain::{self, Hash};
use crate::error::SharedSqlError;
use crate::row::RetentionRow;
use crate::schema;
use crate::writer::{Log, Transaction};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;
use tokio::sync::oneshot;

/// Calls that are removed in one transaction. It bounds how long a mutation waits behind it.
const STEP: i64 = 100;

/// What a retention run has removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retained {
    /// Calls that were removed.
    pub removed: u64,
    /// The position of the last record that was removed, in this run or before; 0 for none.
    pub upto: u64,
}

type Reply = oneshot::Sender<Result<Retained, AuditError>>;

/// A removal under way.
#[derive(Default)]
pub(crate) struct Sweep {
    upto: i64,
    replies: Vec<(Retained, Reply)>,
}

/// What an earlier process has released and not removed.
pub(crate) fn left_over(connection: &Connection) -> rusqlite::Result<Option<Sweep>> {
    let upto = schema::floor(connection)?;
    let left: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM call WHERE seq <= ?1) OR EXISTS (SELECT 1 FROM ending WHERE seq <= ?1)
         OR EXISTS (SELECT 1 FROM retention WHERE seq <= ?1)",
        [upto],
        |row| row.get(0),
    )?;
    Ok(left.then(|| Sweep { upto, replies: Vec::new() }))
}

/// Releases the calls before `before` (milliseconds since the Unix epoch), up to the first that is not, so that the
/// chain stays in one piece. Returns what will have been removed, and up to where.
pub(crate) fn release(log: &mut Log, before: i64) -> rusqlite::Result<(Retained, i64)> {
    let (head, head_hash) = log.head()?;
    let transaction = Transaction::begin(&log.connection)?;
    let connection = &log.connection;
    let floor = schema::floor(connection)?;
    let first_kept: Option<i64> = connection
        .query_row("SELECT seq FROM call WHERE seq > ?1 AND time >= ?2 ORDER BY seq LIMIT 1", [floor, before], |row| {
            row.get(0)
        })
        .optional()?;
    let upto = first_kept.map_or(head, |first| first - 1);
    let removed: i64 =
        connection
            .query_row("SELECT count(*) FROM call WHERE seq > ?1 AND seq <= ?2", [floor, upto], |row| row.get(0))?;
    if removed == 0 {
        return Ok((Retained { removed: 0, upto: floor.unsigned_abs() }, floor));
    }
    let upto_hash: Hash = connection.query_row(
        "SELECT hash FROM call WHERE seq = ?1 UNION ALL SELECT hash FROM ending WHERE seq = ?1
         UNION ALL SELECT hash FROM retention WHERE seq = ?1",
        [upto],
        |row| row.get(0),
    )?;
    let row = RetentionRow { seq: head + 1, time: schema::now(), before, upto, upto_hash: upto_hash.to_vec() };
    let hash = chain::retention(&head_hash, &row);
    connection.execute(
        "INSERT INTO retention (seq, time, before, upto, upto_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![row.seq, row.time, row.before, row.upto, row.upto_hash, hash],
    )?;
    transaction.commit()?;
    log.set_head((row.seq, hash));
    Ok((Retained { removed: removed.unsigned_abs(), upto: upto.unsigned_abs() }, upto))
}

impl Sweep {
    pub(crate) fn add(&mut self, upto: i64, retained: Retained, reply: Reply) {
        self.upto = self.upto.max(upto);
        self.replies.push((retained, reply));
    }

    /// Tells those who wait for the end.
    pub(crate) fn answer(self, error: Option<&SharedSqlError>) {
        for (retained, reply) in self.replies {
            // Whoever has stopped waiting needs no answer.
            let _ = reply.send(match error {
                None => Ok(retained),
                Some(source) => Err(AuditError::Write { source: Arc::clone(source) }),
            });
        }
    }

    /// Removes some. Whether that was all.
    pub(crate) fn step(&mut self, log: &mut Log) -> rusqlite::Result<bool> {
        let transaction = Transaction::begin(&log.connection)?;
        let connection = &log.connection;
        let mut calls =
            connection.prepare_cached("SELECT seq, time, resources FROM call WHERE seq <= ?1 ORDER BY seq LIMIT ?2")?;
        let mut rows = calls.query([self.upto, STEP])?;
        let mut touch = connection.prepare_cached(
            "DELETE FROM touch WHERE resource = (SELECT id FROM resource WHERE arn = ?1) AND time = ?2 AND call = ?3",
        )?;
        let (mut last, mut n) = (self.upto, 0);
        while let Some(row) = rows.next()? {
            let (seq, time, resources): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            // A list that cannot be read has no names to remove, and must not keep the row for ever.
            for name in serde_json::from_str::<Vec<String>>(&resources).unwrap_or_default() {
                touch.execute(params![name, time, seq])?;
            }
            (last, n) = (seq, n + 1);
        }
        drop(rows);
        let done = n < STEP;
        let last = if done { self.upto } else { last };
        for table in ["call", "ending", "retention"] {
            connection.prepare_cached(&format!("DELETE FROM {table} WHERE seq <= ?1"))?.execute([last])?;
        }
        if done {
            connection.execute_batch(
                "DELETE FROM caller WHERE NOT EXISTS (SELECT 1 FROM call WHERE caller = caller.id);
                 DELETE FROM operation WHERE NOT EXISTS (SELECT 1 FROM call WHERE operation = operation.id);
                 DELETE FROM resource WHERE NOT EXISTS (SELECT 1 FROM touch WHERE resource = resource.id);",
            )?;
        }
        drop((calls, touch));
        transaction.commit()?;
        log.intern.clear();
        Ok(done)
    }
}

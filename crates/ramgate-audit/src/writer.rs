//! The writer thread: takes what has queued up, appends it in one transaction, and answers those who wait.
//!
//! When a transaction fails, those who wait are told so, and their records are dropped: what they were about to do does
//! not happen. Records of what has already happened are kept and tried again.

use crate::chain::{self, Hash};
use crate::error::SharedSqlError;
use crate::intern::Interner;
use crate::queue::{EndOfWriter, Job, Queue, Take};
use crate::row::{CallRow, EndRow};
use crate::sweep::{self, Sweep};
use crate::{AuditError, CallId, schema};
use rusqlite::{Connection, params};
use std::collections::VecDeque;
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;
use tracing::{error, info};

/// How often records that could not be written are tried again while nothing else happens.
const RETRY: Duration = Duration::from_secs(1);

/// See the module's documentation.
pub(crate) struct Writer {
    log: Log,
    queue: Arc<Queue>,
    /// What is to be written next, in order; after a failure, what is to be tried again.
    pending: VecDeque<Job>,
    sweep: Option<Sweep>,
    _lock: File,
}

impl Writer {
    pub(crate) fn new(connection: Connection, lock: File, queue: Arc<Queue>) -> rusqlite::Result<Self> {
        let sweep = sweep::left_over(&connection)?;
        let log = Log { connection, intern: Interner::default(), head: None };
        Ok(Self { log, queue, pending: VecDeque::new(), sweep, _lock: lock })
    }

    /// Writes until the queue is closed and empty.
    pub(crate) fn run(mut self) -> Result<(), AuditError> {
        let _end = EndOfWriter(Arc::clone(&self.queue));
        loop {
            let limit = match (&self.sweep, self.pending.is_empty()) {
                (Some(_), _) => Some(Duration::ZERO),
                (None, false) => Some(RETRY),
                (None, true) => None,
            };
            match self.queue.take(limit) {
                Take::Closed => return self.close(),
                Take::Jobs(jobs) => {
                    self.pending.extend(jobs);
                    // A failure is answered, logged and tried again.
                    let _ = self.write();
                    self.sweep();
                }
            }
        }
    }

    fn close(mut self) -> Result<(), AuditError> {
        if let Err(source) = self.write() {
            let records = self.pending.len();
            error!(records, %source, "the audit log was closed with records that could not be written");
            return Err(AuditError::Unwritten { records, source });
        }
        // Readers may hold the write-ahead log, so folding it into the file is a matter of tidiness only.
        let _ = self.log.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        self.log.connection.close().map_err(|(_, source)| AuditError::Write { source: Arc::new(source) })
    }

    fn write(&mut self) -> Result<(), SharedSqlError> {
        match self.log.append(&mut self.pending) {
            Ok(()) => {
                if self.queue.is_failing() {
                    info!("the audit log can be written again");
                    self.queue.set_failing(false);
                }
                for job in std::mem::take(&mut self.pending) {
                    self.answer(job);
                }
                Ok(())
            }
            Err(source) => {
                let source = Arc::new(source);
                self.failed(&source);
                Err(source)
            }
        }
    }

    fn answer(&mut self, job: Job) {
        // Whoever has stopped waiting needs no answer.
        match job {
            Job::Begin { row, reply, mut room } => {
                if let Some(room) = room.split(1) {
                    let _ = reply.send(Ok(CallId { seq: row.seq, time: row.time, room }));
                }
            }
            Job::Flush { reply } => drop(reply.send(Ok(()))),
            Job::Retain { before, reply } => match sweep::release(&mut self.log, before) {
                Ok((retained, upto)) => self.sweep.get_or_insert_default().add(upto, retained, reply),
                Err(source) => {
                    let source = Arc::new(source);
                    self.log.distrust();
                    let _ = reply.send(Err(AuditError::Write { source }));
                }
            },
            Job::End { .. } | Job::Record { .. } => {}
        }
    }

    fn failed(&mut self, source: &SharedSqlError) {
        self.log.distrust();
        if !self.queue.is_failing() {
            error!(error = %source, "cannot write the audit log, mutations are refused");
            self.queue.set_failing(true);
        }
        let write = || AuditError::Write { source: Arc::clone(source) };
        for job in std::mem::take(&mut self.pending) {
            match job {
                Job::Begin { reply, .. } => drop(reply.send(Err(write()))),
                Job::Flush { reply } => drop(reply.send(Err(write()))),
                Job::Retain { reply, .. } => drop(reply.send(Err(write()))),
                job => self.pending.push_back(job),
            }
        }
    }

    fn sweep(&mut self) {
        let Some(sweep) = &mut self.sweep else { return };
        match sweep.step(&mut self.log) {
            Ok(false) => {}
            Ok(true) => {
                if let Some(sweep) = self.sweep.take() {
                    sweep.answer(None);
                }
            }
            Err(source) => {
                self.log.distrust();
                error!(error = %source, "cannot remove old records from the audit log");
                if let Some(sweep) = self.sweep.take() {
                    sweep.answer(Some(&Arc::new(source)));
                }
            }
        }
    }
}

/// The open log and what is known of its end.
pub(crate) struct Log {
    pub(crate) connection: Connection,
    pub(crate) intern: Interner,
    /// The last record. `None` when it has to be read, as after a failure.
    head: Option<(i64, Hash)>,
}

impl Log {
    /// Forgets what was remembered of the file, after a transaction that has not happened, or perhaps not.
    pub(crate) fn distrust(&mut self) {
        self.intern.clear();
        self.head = None;
    }

    /// The last record.
    pub(crate) fn head(&mut self) -> rusqlite::Result<(i64, Hash)> {
        if let Some(head) = self.head {
            return Ok(head);
        }
        let head = schema::head(&self.connection)?;
        Ok((i64::try_from(head.sequence).unwrap_or(i64::MAX), head.hash))
    }

    /// To be called when what follows `head` is on disk.
    pub(crate) fn set_head(&mut self, head: (i64, Hash)) {
        self.head = Some(head);
    }

    /// Appends the rows among the jobs, all or none.
    fn append(&mut self, jobs: &mut VecDeque<Job>) -> rusqlite::Result<()> {
        if jobs.iter().all(|job| matches!(job, Job::Flush { .. } | Job::Retain { .. })) {
            return Ok(());
        }
        let (mut seq, mut hash) = self.head()?;
        let transaction = Transaction::begin(&self.connection)?;
        for job in jobs {
            match job {
                Job::Begin { row, .. } | Job::Record { row, .. } => {
                    seq += 1;
                    row.seq = seq;
                    hash = chain::call(&hash, row);
                    insert_call(&self.connection, &mut self.intern, row, &hash)?;
                }
                Job::End { row, .. } => {
                    seq += 1;
                    row.seq = seq;
                    hash = chain::end(&hash, row);
                    insert_end(&self.connection, row, &hash)?;
                }
                Job::Flush { .. } | Job::Retain { .. } => {}
            }
        }
        transaction.commit()?;
        self.head = Some((seq, hash));
        Ok(())
    }
}

/// A write transaction that is rolled back unless committed. Unlike `rusqlite`'s, it uses prepared statements.
pub(crate) struct Transaction<'a> {
    connection: &'a Connection,
    open: bool,
}

impl<'a> Transaction<'a> {
    pub(crate) fn begin(connection: &'a Connection) -> rusqlite::Result<Self> {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(Self { connection, open: true })
    }

    pub(crate) fn commit(mut self) -> rusqlite::Result<()> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open && !self.connection.is_autocommit() {
            // SQLite has undone the transaction itself where this fails.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }
}

fn insert_call(connection: &Connection, intern: &mut Interner, row: &CallRow, hash: &Hash) -> rusqlite::Result<()> {
    let caller = intern.caller(connection, row)?;
    let operation = intern.operation(connection, row)?;
    let outcome = row.outcome.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO call (seq, time, request_id, caller, operation, source_ip, user_agent, secure, mutation,
             resources, decision, decided_by, layer, parameters, status, code, message, duration_us, revision, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?
        .execute(params![
            row.seq,
            row.time,
            row.request_id,
            caller,
            operation,
            row.source_ip,
            row.user_agent,
            row.secure,
            row.mutation,
            row.resources,
            row.decision,
            row.decided_by,
            row.layer,
            row.parameters,
            outcome.map(|outcome| outcome.status),
            outcome.map(|outcome| &outcome.code),
            outcome.map(|outcome| &outcome.message),
            outcome.map(|outcome| outcome.duration_us),
            outcome.and_then(|outcome| outcome.revision),
            hash
        ])?;
    // A name that is given twice is one touch.
    let mut touch =
        connection.prepare_cached("INSERT OR IGNORE INTO touch (resource, time, call) VALUES (?1, ?2, ?3)")?;
    for name in &row.resource_names {
        touch.execute(params![intern.resource(connection, name)?, row.time, row.seq])?;
    }
    Ok(())
}

fn insert_end(connection: &Connection, row: &EndRow, hash: &Hash) -> rusqlite::Result<()> {
    let outcome = &row.outcome;
    connection
        .prepare_cached(
            "INSERT INTO ending (seq, call, call_time, status, code, message, duration_us, revision, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            row.seq,
            row.call,
            row.call_time,
            outcome.status,
            outcome.code,
            outcome.message,
            outcome.duration_us,
            outcome.revision,
            hash
        ])?;
    Ok(())
}

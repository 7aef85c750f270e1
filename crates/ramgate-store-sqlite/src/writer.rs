//! The thread that writes: takes what waits, carries it out in one SQLite transaction, answers after `COMMIT`.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use ramgate_store::{Batch, CommitError, Committed, Revision, SharedError, StoreError, Transaction};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use crate::apply::{self, Applied, Before};
use crate::error::{Failure, Stage, Verdict, read_error};
use crate::history;
use crate::options::{Options, Retention};
use crate::shared::Shared;

/// Most transactions and most bytes that share one `COMMIT`.
const GROUP: usize = 256;
const GROUP_BYTES: usize = 8 * 1024 * 1024;
/// Revisions that are removed from the history at a time, between two groups.
const COMPACTED_AT_ONCE: u64 = 1000;

pub(crate) enum Request {
    Commit(Commit),
    Compact { before: Revision, reply: oneshot::Sender<Result<Revision, StoreError>> },
    Close { reply: oneshot::Sender<Result<(), StoreError>> },
}

pub(crate) struct Commit {
    pub(crate) transaction: Transaction,
    pub(crate) reply: oneshot::Sender<Outcome>,
}

pub(crate) type Outcome = Result<Committed, CommitError>;

pub(crate) struct Writer {
    connection: Connection,
    queue: mpsc::Receiver<Request>,
    shared: Arc<Shared>,
    options: Options,
    /// The last transaction on disk.
    revision: Revision,
    /// The oldest revision whose changes are kept.
    oldest: Revision,
    compaction: Option<Compaction>,
    failure: Option<SharedError>,
}

/// History that is to be removed, in steps.
struct Compaction {
    before: Revision,
    replies: Vec<oneshot::Sender<Result<Revision, StoreError>>>,
}

/// Tells the others when the thread ends, also by a panic.
struct Farewell(Arc<Shared>);

impl Drop for Farewell {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.failed(Arc::new(Failure::WriterGone));
        }
        self.0.ended();
    }
}

impl Writer {
    pub(crate) fn new(
        connection: Connection,
        queue: mpsc::Receiver<Request>,
        shared: Arc<Shared>,
        options: Options,
    ) -> Self {
        let progress = shared.progress();
        let (revision, oldest) = (progress.revision, progress.oldest);
        Self { connection, queue, shared, options, revision, oldest, compaction: None, failure: None }
    }

    /// Works until the store is closed or dropped.
    pub(crate) fn run(self) {
        // Outlives the connection: the data is released for others only after that is closed.
        let _farewell = Farewell(self.shared.clone());
        self.work();
    }

    fn work(mut self) {
        self.compact_when_due();
        while let Some(request) = self.next_request() {
            match request {
                None => self.compact_a_part(),
                Some(Request::Commit(first)) => {
                    let (group, then) = self.gather(first);
                    self.commit(group);
                    match then {
                        Some(Request::Close { reply }) => return self.close(reply),
                        Some(Request::Compact { before, reply }) => self.compact_before(before, reply),
                        Some(Request::Commit(_)) | None => {}
                    }
                    self.compact_a_part();
                }
                Some(Request::Compact { before, reply }) => self.compact_before(before, reply),
                Some(Request::Close { reply }) => return self.close(reply),
            }
        }
    }

    /// Waits for a request; `Some(None)` when there is none and history is waiting to be removed.
    fn next_request(&mut self) -> Option<Option<Request>> {
        if self.compaction.is_none() {
            return self.queue.blocking_recv().map(Some);
        }
        match self.queue.try_recv() {
            Ok(request) => Some(Some(request)),
            Err(mpsc::error::TryRecvError::Empty) => Some(None),
            Err(mpsc::error::TryRecvError::Disconnected) => None,
        }
    }

    /// Takes further transactions that wait already, up to the first request of another kind.
    fn gather(&mut self, first: Commit) -> (Vec<Commit>, Option<Request>) {
        let mut bytes = first.transaction.bytes();
        let mut group = vec![first];
        while group.len() < GROUP && bytes < GROUP_BYTES {
            match self.queue.try_recv() {
                Ok(Request::Commit(commit)) => {
                    bytes += commit.transaction.bytes();
                    group.push(commit);
                }
                Ok(other) => return (group, Some(other)),
                Err(_) => break,
            }
        }
        (group, None)
    }

    /// Carries out a group and answers each of its transactions.
    fn commit(&mut self, group: Vec<Commit>) {
        if let Some(source) = self.failure.clone() {
            return answer_all(group, &Err(CommitError::ReadOnly { source }));
        }
        match self.try_commit(&group) {
            Ok(outcomes) => {
                for (commit, outcome) in group.into_iter().zip(outcomes) {
                    // The caller may have given up waiting.
                    let _ = commit.reply.send(outcome);
                }
            }
            Err((failure, stage)) => match failure.verdict(stage) {
                // One transaction that does not fit must not take the others with it.
                Verdict::Passing(_) if group.len() > 1 => {
                    tracing::debug!(n_transactions = group.len(), "group of transactions failed, trying one by one");
                    for commit in group {
                        self.commit(vec![commit]);
                    }
                }
                Verdict::Passing(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "transaction failed");
                    answer_all(group, &Err(error));
                }
                Verdict::Lasting(error, source) => {
                    self.fail(source);
                    answer_all(group, &Err(error));
                }
            },
        }
    }

    /// One SQLite transaction. What it returns is on disk; after an error nothing of it is, as far as this process
    /// will ever see.
    fn try_commit(&mut self, group: &[Commit]) -> Result<Vec<Outcome>, (Failure, Stage)> {
        let before = |error: rusqlite::Error| (Failure::from(error), Stage::Before);
        let now = self.now_ms();

        let mut outcomes = Vec::with_capacity(group.len());
        let mut batches: Vec<Batch> = Vec::new();
        // Rolled back when dropped.
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(before)?;
        let found = history::newest(&transaction).map_err(before)?;
        if found != self.revision {
            return Err((Failure::ForeignRevision { found, expected: self.revision }, Stage::Before));
        }
        let mut revision = self.revision;
        for Commit { transaction: wanted, .. } in group {
            let state = Before { revision, oldest: self.oldest };
            outcomes.push(match apply::apply(&transaction, wanted, state, now).map_err(before)? {
                Applied::Changed(batch) => {
                    revision = batch.revision;
                    batches.push(batch);
                    Ok(Committed { revision })
                }
                Applied::Unchanged => Ok(Committed { revision }),
                Applied::Refused(error) => Err(error),
            });
        }
        transaction.commit().map_err(|error| (Failure::from(error), Stage::Commit))?;

        self.revision = revision;
        self.shared.publish(batches);
        self.compact_when_due();
        Ok(outcomes)
    }

    fn fail(&mut self, source: SharedError) {
        tracing::error!(
            error = &*source as &dyn std::error::Error,
            "the store failed and is read-only now: look after the disk, then restart"
        );
        // What cannot be trusted to be in the log must not be copied from there into the database.
        if let Err(error) = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true) {
            tracing::warn!(error = &error as &dyn std::error::Error, "cannot turn off the checkpoint on close");
        }
        self.failure = Some(source.clone());
        self.shared.failed(source);
    }

    /// Plans to remove a part of the history that is older than it has to be.
    fn compact_when_due(&mut self) {
        let Retention { keep_revisions, keep_for, max_revisions } = self.options.retention;
        let keep = keep_revisions.max(1);
        let end = self.revision.next().0;
        // Some slack, so that it is not done after every transaction.
        let is_due = end - self.oldest.0 > keep + (keep / 8).min(COMPACTED_AT_ONCE);
        if !is_due || self.compaction.is_some() || self.failure.is_some() {
            return;
        }
        let part = (self.oldest.0 + COMPACTED_AT_ONCE).min(end - keep);
        let keep_ms = i64::try_from(keep_for.as_millis()).unwrap_or(i64::MAX);
        let young_since = self.now_ms().saturating_sub(keep_ms);
        match history::first_after(&self.connection, young_since, Revision(part)) {
            Ok(young) => {
                let old = young.map_or(part, |revision| revision.0);
                let too_many = end.saturating_sub(max_revisions.max(keep)).min(part);
                self.plan_compaction(Revision(old.max(too_many)));
            }
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "cannot read the age of the history")
            }
        }
    }

    fn compact_before(&mut self, before: Revision, reply: oneshot::Sender<Result<Revision, StoreError>>) {
        // INVARIANT: the newest revision stays in the history, since that is where it is read from at the next start.
        self.plan_compaction(before.min(self.revision));
        match &mut self.compaction {
            Some(compaction) => compaction.replies.push(reply),
            None => {
                let _ = reply.send(Ok(self.oldest));
            }
        }
    }

    fn plan_compaction(&mut self, before: Revision) {
        if before <= self.oldest {
            return;
        }
        let compaction = self.compaction.get_or_insert(Compaction { before, replies: Vec::new() });
        compaction.before = compaction.before.max(before);
    }

    /// Removes some history, if that is planned.
    fn compact_a_part(&mut self) {
        let Some(compaction) = &self.compaction else { return };
        let before = Revision(compaction.before.0.min(self.oldest.0 + COMPACTED_AT_ONCE));
        let removed = match &self.failure {
            Some(failure) => Err(failure.clone()),
            None => history::remove_before(&self.connection, before).map_err(|error| {
                // One statement, committed by itself.
                match Failure::from(error).verdict(Stage::Commit) {
                    Verdict::Passing(error) => Arc::new(error) as SharedError,
                    Verdict::Lasting(_, source) => {
                        self.fail(source.clone());
                        source
                    }
                }
            }),
        };
        let removed = removed.map_err(|source| StoreError::Backend { attempt: "compact the history".into(), source });
        match removed {
            Ok(n_changes) => {
                tracing::debug!(%before, n_changes, "history compacted");
                self.oldest = before;
                self.shared.compacted(before);
            }
            Err(ref error) => tracing::warn!(error = error as &dyn std::error::Error, "history not compacted"),
        }
        if removed.is_err() || self.compaction.as_ref().is_some_and(|compaction| compaction.before <= self.oldest) {
            let answer = removed.map(|_| self.oldest);
            for reply in self.compaction.take().into_iter().flat_map(|compaction| compaction.replies) {
                let _ = reply.send(answer.clone());
            }
            if answer.is_ok() {
                self.compact_when_due();
            }
        }
    }

    fn close(mut self, reply: oneshot::Sender<Result<(), StoreError>>) {
        self.queue.close();
        while let Ok(request) = self.queue.try_recv() {
            let _ = match request {
                Request::Commit(commit) => commit.reply.send(Err(CommitError::Closed)).is_ok(),
                Request::Compact { reply, .. } => reply.send(Err(StoreError::Closed)).is_ok(),
                Request::Close { reply } => reply.send(Ok(())).is_ok(),
            };
        }
        for waiting in self.compaction.take().into_iter().flat_map(|compaction| compaction.replies) {
            let _ = waiting.send(Err(StoreError::Closed));
        }
        // Everything acknowledged is on disk already; this only leaves one tidy file.
        let answer = match &self.failure {
            Some(_) => Ok(()),
            None => self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())),
        };
        let answer = answer.and_then(|()| self.connection.close().map_err(|(_, error)| error));
        self.shared.ended();
        let _ = reply.send(answer.map_err(|error| read_error("close the database", error)));
    }

    fn now_ms(&self) -> i64 {
        let since = (self.options.clock)().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }
}

fn answer_all(group: Vec<Commit>, outcome: &Outcome) {
    for commit in group {
        let _ = commit.reply.send(outcome.clone());
    }
}

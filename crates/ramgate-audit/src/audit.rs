//! The log as the dispatcher sees it: asynchronous, shared, appending.

use crate::queue::{Job, Queue};
use crate::row::{CallRow, EndRow, OutcomeFields};
use crate::verify::{Verified, VerifyError};
use crate::writer::Writer;
use crate::{AuditError, CallId, CallRecord, Entries, Filter, Head, Outcome, Page, Reader, Retained, schema};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// Questions that may wait for the reader thread.
const QUESTIONS: usize = 16;

type Question = Box<dyn FnOnce(&Reader) + Send>;

/// The audit log of one data directory. Clones share it. It has two threads of its own, for writing and for reading.
#[derive(Clone)]
pub struct Audit {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    queue: Arc<Queue>,
    /// `None` once closed.
    questions: Mutex<Option<mpsc::Sender<Question>>>,
    writer: Mutex<Option<JoinHandle<Result<(), AuditError>>>>,
    reader: Mutex<Option<JoinHandle<()>>>,
}

impl std::fmt::Debug for Audit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Audit").field("path", &self.inner.path).finish_non_exhaustive()
    }
}

impl Audit {
    /// Opens the log at `path`, making it, readable for its owner only, when there is none. Blocks for some
    /// milliseconds.
    ///
    /// A file that is not a log, is damaged or of a later format is refused and left as it is. Beside the file stand
    /// `-wal` and `-shm` while it is open, and `.lock`, which keeps a second writer away.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, AuditError> {
        let path = path.as_ref().to_owned();
        let cannot = |source| AuditError::Open { path: path.clone(), source: Arc::new(source) };
        let (connection, lock) = schema::open_for_writing(&path)?;
        let reader = Reader::open(&path)?;
        let queue = Arc::new(Queue::new());
        let writer = Writer::new(connection, lock, Arc::clone(&queue)).map_err(AuditError::read)?;
        let writer = std::thread::Builder::new().name("audit-writer".to_owned()).spawn(move || writer.run());
        let writer = writer.map_err(cannot)?;
        let (questions, mut inbox) = mpsc::channel::<Question>(QUESTIONS);
        let answer = move || {
            while let Some(question) = inbox.blocking_recv() {
                question(&reader);
            }
        };
        let reader = std::thread::Builder::new().name("audit-reader".to_owned()).spawn(answer).map_err(cannot)?;
        let (questions, writer) = (Mutex::new(Some(questions)), Mutex::new(Some(writer)));
        Ok(Self { inner: Arc::new(Inner { path, queue, questions, writer, reader: Mutex::new(Some(reader)) }) })
    }

    /// Records a call that is about to act. When this returns, the record is on disk; when it fails, the call must not
    /// act. Calls at the same time share one write to the disk.
    pub async fn begin(&self, record: CallRecord) -> Result<CallId, AuditError> {
        let row = Box::new(CallRow::new(record, None));
        let room = self.inner.queue.room(2).await?;
        let (reply, answer) = oneshot::channel();
        self.inner.queue.push(Job::Begin { row, reply, room })?;
        answer.await.unwrap_or(Err(AuditError::Closed))
    }

    /// Records how a call has ended. Queued in the room that `begin` has kept for it, hence without waiting; fails only
    /// after [`Audit::close`].
    pub fn finish(&self, call: CallId, outcome: Outcome) -> Result<(), AuditError> {
        let row = EndRow { seq: 0, call: call.seq, call_time: call.time, outcome: OutcomeFields::new(outcome) };
        self.inner.queue.push(Job::End { row, _room: call.room })
    }

    /// Records a call that has ended: one that only read, was denied, or failed before it could act. Queued; waits when
    /// the queue is full. Written within some 20 ms, so a power cut or `kill -9` right afterwards can take it.
    pub async fn record(&self, record: CallRecord, outcome: Outcome) -> Result<(), AuditError> {
        let row = Box::new(CallRow::new(record, Some(outcome)));
        let room = self.inner.queue.room(1).await?;
        self.inner.queue.push(Job::Record { row, _room: room })
    }

    /// Waits until all that was recorded before is on disk.
    pub async fn flush(&self) -> Result<(), AuditError> {
        let (reply, answer) = oneshot::channel();
        self.inner.queue.push(Job::Flush { reply })?;
        answer.await.unwrap_or(Err(AuditError::Closed))
    }

    /// One page of calls, newest first, with all that was recorded before.
    pub async fn query(&self, filter: Filter, page: Page) -> Result<Entries, AuditError> {
        // While the disk refuses new records, those that are there can still be asked for.
        let _ = self.flush().await;
        self.ask(move |reader| reader.query(&filter, &page)).await?
    }

    /// Verifies the chain; see [`Reader::verify`].
    pub async fn verify(&self, known: Option<Head>) -> Result<Verified, VerifyError> {
        let _ = self.flush().await;
        self.ask(move |reader| reader.verify(known.as_ref())).await?
    }

    /// Removes the calls before `before` (milliseconds since the Unix epoch), up to the first one that is not, in small
    /// steps between other work. The chain goes on from where they ended.
    pub async fn retain(&self, before: i64) -> Result<Retained, AuditError> {
        let (reply, answer) = oneshot::channel();
        self.inner.queue.push(Job::Retain { before, reply })?;
        answer.await.unwrap_or(Err(AuditError::Closed))
    }

    /// Whether the last attempt to write has succeeded. While it has not, mutations are refused.
    pub fn is_writable(&self) -> bool {
        !self.inner.queue.is_failing()
    }

    /// Records in memory: waiting to be written, and kept room for outcomes. At most 4096.
    pub fn queued(&self) -> usize {
        self.inner.queue.queued()
    }

    /// Writes what is queued and ends. Later calls, on any clone, fail with [`AuditError::Closed`].
    pub async fn close(&self) -> Result<(), AuditError> {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || inner.close()).await.unwrap_or(Err(AuditError::Closed))
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Reader) -> T + Send + 'static,
    ) -> Result<T, AuditError> {
        let (reply, answer) = oneshot::channel();
        // Whoever has stopped waiting needs no answer.
        let question: Question = Box::new(move |reader| drop(reply.send(question(reader))));
        let questions = self.inner.questions.lock().unwrap_or_else(PoisonError::into_inner).clone();
        questions.ok_or(AuditError::Closed)?.send(question).await.map_err(|_| AuditError::Closed)?;
        answer.await.map_err(|_| AuditError::Closed)
    }
}

impl Inner {
    fn close(&self) -> Result<(), AuditError> {
        self.queue.close();
        // The reader ends with its last question; its connection is the file's last but one.
        drop(self.questions.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(reader) = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = reader.join();
        }
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        match writer.map(JoinHandle::join) {
            None => Ok(()),
            Some(result) => result.unwrap_or(Err(AuditError::Closed)),
        }
    }
}

impl Drop for Inner {
    /// What is queued is written also when nobody closes the log. Failures are in the process log.
    fn drop(&mut self) {
        let _ = self.close();
    }
}

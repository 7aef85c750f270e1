//! The bounded queue between callers and the writer thread.
//!
//! Room is a permit of a semaphore that travels with the job, so that waiting for room is asynchronous while the writer,
//! a plain thread, waits on a condition variable. The writer sleeps until somebody waits for the disk, or until the
//! oldest queued record has waited long enough; records that nobody waits for thus share a transaction.

use crate::row::{CallRow, EndRow};
use crate::sweep::Retained;
use crate::{AuditError, CallId};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Records that may wait to be written. At a kilobyte each this bounds memory to a few MiB.
pub(crate) const CAPACITY: usize = 4096;

/// Jobs in one transaction at most.
const BATCH: usize = 512;

/// How long a record that nobody waits for may stay in memory, to share a transaction with others.
const LINGER: Duration = Duration::from_millis(20);

/// How long a call may wait for room.
const PATIENCE: Duration = Duration::from_secs(5);

/// Work for the writer.
#[derive(Debug)]
pub(crate) enum Job {
    /// Append a call, and answer when it is on disk. The permit is for the record and for its outcome.
    Begin { row: Box<CallRow>, reply: oneshot::Sender<Result<CallId, AuditError>>, room: OwnedSemaphorePermit },
    /// Append an outcome.
    End { row: EndRow, _room: OwnedSemaphorePermit },
    /// Append a call that has ended.
    Record { row: Box<CallRow>, _room: OwnedSemaphorePermit },
    /// Answer when everything before is on disk.
    Flush { reply: oneshot::Sender<Result<(), AuditError>> },
    /// Release calls before a time, and answer when they are gone.
    Retain { before: i64, reply: oneshot::Sender<Result<Retained, AuditError>> },
}

impl Job {
    fn is_awaited(&self) -> bool {
        !matches!(self, Self::End { .. } | Self::Record { .. })
    }
}

/// What the writer is to do next.
pub(crate) enum Take {
    /// These jobs; none when it was woken by the time limit.
    Jobs(VecDeque<Job>),
    /// Nothing is left and nothing will come.
    Closed,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    awaited: usize,
    oldest: Option<Instant>,
    closed: bool,
}

/// See the module's documentation.
pub(crate) struct Queue {
    state: Mutex<State>,
    wake: Condvar,
    room: Arc<Semaphore>,
    failing: AtomicBool,
}

impl Queue {
    pub(crate) fn new() -> Self {
        Self {
            state: Mutex::default(),
            wake: Condvar::new(),
            room: Arc::new(Semaphore::new(CAPACITY)),
            failing: AtomicBool::new(false),
        }
    }

    /// Room for `n` records, as soon as there is. While the disk refuses, waiting is pointless and not done.
    pub(crate) async fn room(&self, n: u32) -> Result<OwnedSemaphorePermit, AuditError> {
        if let Ok(room) = Arc::clone(&self.room).try_acquire_many_owned(n) {
            return Ok(room);
        }
        let overloaded = || AuditError::Overloaded { queued: self.queued() };
        if self.failing.load(Ordering::Relaxed) {
            return Err(overloaded());
        }
        match tokio::time::timeout(PATIENCE, Arc::clone(&self.room).acquire_many_owned(n)).await {
            Ok(Ok(room)) => Ok(room),
            Ok(Err(_)) => Err(AuditError::Closed),
            Err(_) => Err(overloaded()),
        }
    }

    pub(crate) fn push(&self, job: Job) -> Result<(), AuditError> {
        let mut state = self.lock();
        if state.closed {
            return Err(AuditError::Closed);
        }
        let awaited = job.is_awaited();
        let first = state.jobs.is_empty();
        if first {
            state.oldest = Some(Instant::now());
        }
        state.jobs.push_back(job);
        state.awaited += usize::from(awaited);
        let wake = awaited || first || state.jobs.len() == BATCH;
        drop(state);
        if wake {
            self.wake.notify_one();
        }
        Ok(())
    }

    /// Waits for work, up to `limit` when one is given.
    pub(crate) fn take(&self, limit: Option<Duration>) -> Take {
        let start = Instant::now();
        let mut state = self.lock();
        loop {
            let linger = state.oldest.map(|oldest| (oldest + LINGER).saturating_duration_since(Instant::now()));
            let due = state.awaited > 0 || state.jobs.len() >= BATCH || state.closed || linger == Some(Duration::ZERO);
            if due && !state.jobs.is_empty() {
                return Take::Jobs(state.split());
            }
            if state.closed {
                return Take::Closed;
            }
            let left = limit.map(|limit| limit.saturating_sub(start.elapsed()));
            if left == Some(Duration::ZERO) {
                return Take::Jobs(VecDeque::new());
            }
            state = match linger.into_iter().chain(left).min() {
                None => self.wake.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(time) => self.wake.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    /// No more jobs are taken; those queued are still written.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.room.close();
        self.wake.notify_one();
    }

    /// Whether the last attempt to write has failed.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }

    pub(crate) fn set_failing(&self, failing: bool) {
        self.failing.store(failing, Ordering::Relaxed);
    }

    /// Records in memory, room kept for outcomes included.
    pub(crate) fn queued(&self) -> usize {
        CAPACITY - self.room.available_permits().min(CAPACITY)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic between two statements of the few critical lines leaves no broken state behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn split(&mut self) -> VecDeque<Job> {
        let rest = self.jobs.split_off(self.jobs.len().min(BATCH));
        let batch = std::mem::replace(&mut self.jobs, rest);
        self.awaited = self.jobs.iter().filter(|job| job.is_awaited()).count();
        self.oldest = (!self.jobs.is_empty()).then(Instant::now);
        batch
    }
}

/// Held by the writer thread. When it ends, be it by a panic, nobody waits for it any longer.
pub(crate) struct EndOfWriter(pub(crate) Arc<Queue>);

impl Drop for EndOfWriter {
    fn drop(&mut self) {
        self.0.close();
        let jobs = std::mem::take(&mut self.0.lock().jobs);
        drop(jobs);
    }
}

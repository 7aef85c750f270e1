//! Threads that read: each with its own connection, so that a long scan delays neither the writer nor a short read.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use ramgate_store::{Contents, Entry, Key, Page, Prefix, Revision, Scan, StoreError};
use rusqlite::{Connection, OptionalExtension, Params, params};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use crate::error::{Failure, read_error};
use crate::history::{self, Section};

/// Reads that wait before the callers do.
const QUEUE: usize = 256;
/// Bytes of keys and values after which a portion of the contents is handed over, and portions that may wait.
const PORTION_BYTES: usize = 256 * 1024;
const PORTIONS: usize = 4;
/// How long a thread pauses that is ahead of whoever takes the portions.
const PAUSE: Duration = Duration::from_millis(1);

type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

enum Request {
    Get { key: Key, reply: Reply<(Option<Entry>, Revision)> },
    Scan { scan: Scan, reply: Reply<Page> },
    Contents { prefix: Prefix, reply: Reply<Contents> },
    History { prefix: Prefix, from: Revision, to: Revision, reply: Reply<Section> },
    Stop { reply: oneshot::Sender<()> },
}

/// The way to the reader threads.
#[derive(Clone)]
pub(crate) struct Readers {
    queue: mpsc::Sender<Request>,
    n_threads: usize,
    /// Tells apart, where no answer comes, a closed store from a thread that has panicked.
    stopping: Arc<AtomicBool>,
}

impl Readers {
    /// Starts one thread per connection. They end after [`Readers::stop`] or when all copies of this are gone.
    pub(crate) fn start(connections: Vec<Connection>) -> std::io::Result<Self> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let receiver = Arc::new(Mutex::new(receiver));
        let n_threads = connections.len();
        let stopping = Arc::<AtomicBool>::default();
        for (i, connection) in connections.into_iter().enumerate() {
            let receiver = receiver.clone();
            let stopping = stopping.clone();
            let work = move || run(&connection, &receiver, &stopping);
            thread::Builder::new().name(format!("store-read-{i}")).spawn(work)?;
        }
        Ok(Self { queue: sender, n_threads, stopping })
    }

    /// The entry of `key`, and the revision of the state it was read from.
    pub(crate) async fn get(&self, key: Key) -> Result<(Option<Entry>, Revision), StoreError> {
        self.ask(|reply| Request::Get { key, reply }).await
    }

    pub(crate) async fn scan(&self, scan: Scan) -> Result<Page, StoreError> {
        self.ask(|reply| Request::Scan { scan, reply }).await
    }

    pub(crate) async fn contents(&self, prefix: Prefix) -> Result<Contents, StoreError> {
        self.ask(|reply| Request::Contents { prefix, reply }).await
    }

    /// The changes of `prefix` in the revisions `from..=to`, or the first part of them.
    pub(crate) async fn history(&self, prefix: Prefix, from: Revision, to: Revision) -> Result<Section, StoreError> {
        self.ask(|reply| Request::History { prefix, from, to, reply }).await
    }

    /// Ends the threads after what was asked before; later questions are answered with `Closed`.
    pub(crate) async fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        for _ in 0..self.n_threads {
            let (reply, stopped) = oneshot::channel();
            if self.queue.send(Request::Stop { reply }).await.is_ok() {
                // The thread answers or is gone; both will do.
                let _ = stopped.await;
            }
        }
    }

    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let no_answer = || {
            if self.stopping.load(Ordering::Acquire) {
                StoreError::Closed
            } else {
                read_error("read", Failure::ReaderGone)
            }
        };
        self.queue.send(request(reply)).await.map_err(|_| no_answer())?;
        answer.await.unwrap_or_else(|_| Err(no_answer()))
    }
}

fn run(connection: &Connection, queue: &Mutex<mpsc::Receiver<Request>>, stopping: &Arc<AtomicBool>) {
    loop {
        // Idle threads queue up here for the next request; the lock is held while waiting, not while reading.
        let request = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        // A caller that has given up gets no answer, so sending may fail.
        match request {
            None => return,
            Some(Request::Stop { reply }) => {
                let _ = reply.send(());
                return;
            }
            Some(Request::Get { reply, .. }) if reply.is_closed() => {}
            Some(Request::Scan { reply, .. }) if reply.is_closed() => {}
            Some(Request::Contents { reply, .. }) if reply.is_closed() => {}
            Some(Request::Get { key, reply }) => {
                let answer = in_one_state(connection, |c| get(c, &key));
                let _ = reply.send(answer.map_err(|error| read_error(format!("read the key `{key}`"), error)));
            }
            Some(Request::Scan { scan, reply }) => {
                let answer = in_one_state(connection, |c| self::scan(c, &scan));
                let attempt = || format!("scan the prefix `{}`", scan.prefix);
                let _ = reply.send(answer.map_err(|error| read_error(attempt(), error)));
            }
            Some(Request::Contents { prefix, reply }) => contents(connection, &prefix, reply, stopping),
            Some(Request::History { prefix, from, to, reply }) => {
                let answer = in_one_state(connection, |c| history::read(c, &prefix, from, to));
                let _ = reply.send(answer.map_err(|error| read_error("read the history", error)));
            }
        }
    }
}

/// Runs several statements on the same state of the database.
fn in_one_state<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> Result<T, Failure> {
    let transaction = connection.unchecked_transaction()?;
    let answer = read(&transaction)?;
    transaction.finish()?;
    Ok(answer)
}

fn get(connection: &Connection, key: &Key) -> rusqlite::Result<(Option<Entry>, Revision)> {
    let revision = history::newest(connection)?;
    let mut statement =
        connection.prepare_cached("SELECT key, value, create_revision, mod_revision FROM entries WHERE key = ?1")?;
    let entry = statement.query_row([key.as_str()], history::read_entry).optional()?;
    Ok((entry, revision))
}

fn scan(connection: &Connection, scan: &Scan) -> rusqlite::Result<Page> {
    let revision = history::newest(connection)?;
    let end = scan.prefix.end();
    let limit = scan.limit.map_or(usize::MAX, |limit| limit.max(1));
    // One more than wanted, to know whether there is more.
    let n_rows = i64::try_from(limit).ok().and_then(|limit| limit.checked_add(1)).unwrap_or(-1);
    let prefix = scan.prefix.as_str();
    let mut entries = match &scan.after {
        Some(after) if after.as_str() >= prefix => entries(connection, ">", params![after.as_str(), end, n_rows])?,
        _ => entries(connection, ">=", params![prefix, end, n_rows])?,
    };
    let more = entries.len() > limit;
    entries.truncate(limit);
    Ok(Page { entries, revision, more })
}

fn entries(connection: &Connection, from: &str, parameters: impl Params) -> rusqlite::Result<Vec<Entry>> {
    connection.prepare_cached(&select(from))?.query_map(parameters, history::read_entry)?.collect()
}

fn select(from: &str) -> String {
    format!(
        "SELECT key, value, create_revision, mod_revision FROM entries
         WHERE key {from} ?1 AND (?2 IS NULL OR key < ?2) ORDER BY key LIMIT ?3"
    )
}

/// Answers with the contents, then hands over portion after portion until all are taken, nobody wants them any more, or
/// the store is closed.
fn contents(connection: &Connection, prefix: &Prefix, reply: Reply<Contents>, stopping: &Arc<AtomicBool>) {
    let (sender, receiver) = mpsc::channel(PORTIONS);
    let mut reply = Some((reply, receiver));
    let result = in_one_state(connection, |connection| {
        let revision = history::newest(connection)?;
        if let Some((reply, receiver)) = reply.take() {
            let _ = reply.send(Ok(Contents::new(revision, portions(receiver, stopping.clone()))));
        }
        let mut statement = connection.prepare_cached(&select(">="))?;
        let mut rows = statement.query(params![prefix.as_str(), prefix.end(), -1])?;
        let (mut portion, mut bytes) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let entry = history::read_entry(row)?;
            bytes += entry.key.as_str().len() + entry.value.len();
            portion.push(entry);
            if bytes >= PORTION_BYTES {
                bytes = 0;
                if !hand_over(&sender, Ok(std::mem::take(&mut portion)), stopping) {
                    return Ok(());
                }
            }
        }
        if portion.is_empty() || hand_over(&sender, Ok(portion), stopping) {
            hand_over(&sender, Ok(Vec::new()), stopping);
        }
        Ok(())
    });
    if let Err(error) = result {
        let error = read_error(format!("read everything below `{prefix}`"), error);
        match reply {
            Some((reply, _)) => drop(reply.send(Err(error))),
            None => drop(hand_over(&sender, Err(error), stopping)),
        }
    }
}

/// Entries, or none of them behind the last: without that, an end cannot be told from a thread that has broken off.
type Portion = Result<Vec<Entry>, StoreError>;

/// The portions that a thread hands over, as whoever asked for them gets them.
fn portions(receiver: mpsc::Receiver<Portion>, stopping: Arc<AtomicBool>) -> impl Stream<Item = Portion> + Send {
    stream::unfold((receiver, stopping), |(mut receiver, stopping)| async {
        let portion = match receiver.recv().await {
            Some(Ok(portion)) if portion.is_empty() => return None,
            Some(portion) => portion,
            None if stopping.load(Ordering::Acquire) => Err(StoreError::Closed),
            None => Err(read_error("read", Failure::ReaderGone)),
        };
        Some((portion, (receiver, stopping)))
    })
}

/// False where nobody takes portions any more. Waits for a place, but not while the store is being closed: whoever closes
/// it may be the one who should make room.
fn hand_over(sender: &mpsc::Sender<Portion>, portion: Portion, stopping: &AtomicBool) -> bool {
    let mut portion = portion;
    loop {
        portion = match sender.try_send(portion) {
            Ok(()) => return true,
            Err(TrySendError::Closed(_)) => return false,
            Err(TrySendError::Full(portion)) => portion,
        };
        if stopping.load(Ordering::Acquire) {
            return false;
        }
        thread::sleep(PAUSE);
    }
}

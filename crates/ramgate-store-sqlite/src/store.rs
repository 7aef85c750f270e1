//! [`SqliteStore`]: the front of the threads.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ramgate_store::{
    BoxFuture, CommitError, Committed, Contents, Entry, Health, Key, Page, Prefix, Revision, Scan, Store, StoreError,
    Transaction, Watch, WatchError,
};
use tokio::sync::{OnceCell, mpsc, oneshot};

use crate::error::{Failure, OpenError, read_error};
use crate::open;
use crate::options::Options;
use crate::reader::Readers;
use crate::shared::Shared;
use crate::watcher;
use crate::writer::{Commit, Request, Writer};

/// Transactions that wait for the writer before their callers wait for a place.
const QUEUE: usize = 1024;

/// A store in one SQLite file.
///
/// Close it with [`Store::close`]. A store that is only dropped finishes what it was given, in the background, and
/// releases the file a moment later.
pub struct SqliteStore {
    shared: Arc<Shared>,
    writer: mpsc::Sender<Request>,
    readers: Readers,
    closing: AtomicBool,
    closed: OnceCell<Result<(), StoreError>>,
}

impl SqliteStore {
    /// Opens the store, making it if it does not exist. Refuses, and changes nothing, if the file is not a sound store
    /// of this version or an older one, or if it is in use.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        let (reply, answer) = oneshot::channel();
        let path = options.path.clone();
        let work = move || match Self::start(options) {
            Ok((store, writer)) => {
                if reply.send(Ok(store)).is_ok() {
                    writer.run();
                }
            }
            Err(error) => drop(reply.send(Err(error))),
        };
        // The thread that opens the database becomes the writer.
        thread::Builder::new()
            .name("store-write".into())
            .spawn(work)
            .map_err(OpenError::io("start a thread for", &path))?;
        answer.await.unwrap_or_else(|_| {
            let source = std::io::Error::other(Failure::WriterGone);
            Err(OpenError::Io { attempt: "open", path, source })
        })
    }

    fn start(options: Options) -> Result<(Self, Writer), OpenError> {
        let opened = open::open(&options)?;
        let shared = Arc::new(Shared::new(opened.revision, opened.oldest, opened.lock));
        let (writer, queue) = mpsc::channel(QUEUE);
        let path = options.path.clone();
        let readers = Readers::start(opened.readers).map_err(OpenError::io("start a thread for", &path))?;
        tracing::info!(path = %path.display(), revision = opened.revision.0, "store opened");
        let store =
            Self { shared: shared.clone(), writer, readers, closing: AtomicBool::new(false), closed: OnceCell::new() };
        Ok((store, Writer::new(opened.writer, queue, shared, options)))
    }

    fn check_open(&self) -> Result<(), StoreError> {
        if self.closing.load(Ordering::Acquire) { Err(StoreError::Closed) } else { Ok(()) }
    }

    /// Waits until what a reader has seen in the file is known to everybody: the writer commits first and tells then.
    async fn until_published(&self, revision: Revision) {
        let mut progress = self.shared.subscribe();
        // The sender lives in `shared`, so waiting cannot fail.
        let _ = progress.wait_for(|now| now.revision >= revision || now.ended).await;
    }

    /// Why the writer takes no requests.
    fn gone(&self) -> CommitError {
        match self.shared.progress().failure {
            Some(source) => CommitError::ReadOnly { source },
            None => CommitError::Closed,
        }
    }
}

impl Store for SqliteStore {
    fn revision(&self) -> BoxFuture<'_, Result<Revision, StoreError>> {
        Box::pin(async {
            self.check_open()?;
            Ok(self.shared.progress().revision)
        })
    }

    fn get(&self, key: Key) -> BoxFuture<'_, Result<Option<Entry>, StoreError>> {
        Box::pin(async {
            self.check_open()?;
            let (entry, revision) = self.readers.get(key).await?;
            self.until_published(revision).await;
            Ok(entry)
        })
    }

    fn scan(&self, scan: Scan) -> BoxFuture<'_, Result<Page, StoreError>> {
        Box::pin(async {
            self.check_open()?;
            let page = self.readers.scan(scan).await?;
            self.until_published(page.revision).await;
            Ok(page)
        })
    }

    fn contents(&self, prefix: Prefix) -> BoxFuture<'_, Result<Contents, StoreError>> {
        Box::pin(async {
            self.check_open()?;
            let contents = self.readers.contents(prefix).await?;
            self.until_published(contents.revision()).await;
            Ok(contents)
        })
    }

    fn commit(&self, transaction: Transaction) -> BoxFuture<'_, Result<Committed, CommitError>> {
        Box::pin(async {
            self.check_open().map_err(|_| CommitError::Closed)?;
            transaction.check().map_err(CommitError::Invalid)?;
            let (reply, outcome) = oneshot::channel();
            let commit = Request::Commit(Commit { transaction, reply });
            self.writer.send(commit).await.map_err(|_| self.gone())?;
            // The writer answers everything it takes, unless it panics.
            outcome.await.unwrap_or_else(|_| Err(CommitError::Unknown { source: Arc::new(Failure::WriterGone) }))
        })
    }

    fn watch(&self, prefix: Prefix, from: Revision) -> BoxFuture<'_, Result<Watch, WatchError>> {
        Box::pin(async move {
            self.check_open().map_err(WatchError::Store)?;
            watcher::watch(&self.shared, &self.readers, prefix, from)
        })
    }

    fn compact(&self, before: Revision) -> BoxFuture<'_, Result<Revision, StoreError>> {
        Box::pin(async move {
            self.check_open()?;
            let gone = || match self.shared.progress().failure {
                Some(source) => StoreError::Backend { attempt: "compact the history".into(), source },
                None => StoreError::Closed,
            };
            let (reply, answer) = oneshot::channel();
            self.writer.send(Request::Compact { before, reply }).await.map_err(|_| gone())?;
            answer.await.unwrap_or_else(|_| Err(gone()))
        })
    }

    fn close(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async {
            self.closing.store(true, Ordering::Release);
            let close = || async {
                // Readers first: as long as one reads, the log cannot be folded into the database.
                self.readers.stop().await;
                let (reply, answer) = oneshot::channel();
                if self.writer.send(Request::Close { reply }).await.is_err() {
                    return Ok(());
                }
                answer.await.unwrap_or_else(|_| Err(read_error("close the database", Failure::WriterGone)))
            };
            self.closed.get_or_init(close).await.clone()
        })
    }

    fn health(&self) -> Health {
        if self.closing.load(Ordering::Acquire) {
            return Health::Closed;
        }
        match self.shared.progress().failure {
            Some(reason) => Health::ReadOnly { reason },
            None => Health::Ready,
        }
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").field("revision", &self.shared.progress().revision).finish_non_exhaustive()
    }
}

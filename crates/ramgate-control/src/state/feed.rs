//! Keeps the state in step with the store: read once at start, then the watch.

use super::State;
use arc_swap::ArcSwap;
use ramgate_store::{DecodeError, Prefix, Revision, Store, StoreError, WatchError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::{error, warn};

/// The running feed: gives the present state, and lets one wait for a revision.
pub struct Feed {
    state: Arc<ArcSwap<State>>,
    applied: watch::Receiver<Revision>,
    task: JoinHandle<()>,
}

/// Why the state cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The store does not answer.
    #[error("cannot read the store")]
    Store(#[from] StoreError),
    /// The store cannot be watched.
    #[error("cannot watch the store")]
    Watch(#[from] WatchError),
    /// An entry is not what this program expects.
    #[error("the store holds an entry that this version cannot read; it may be of a newer version")]
    Decode(#[from] DecodeError),
}

impl Feed {
    /// Loads the state and keeps it in step from then on.
    ///
    /// # Errors
    /// Where the store cannot be read as a whole.
    pub async fn start(store: Arc<dyn Store>) -> Result<Self, FeedError> {
        // Everything, so that every revision of the store shows up here.
        let prefix = Prefix::all();
        let first = load(store.as_ref(), &prefix).await?;
        let (report, applied) = watch::channel(first.revision());
        let state = Arc::new(ArcSwap::from_pointee(first));
        let task = tokio::spawn(follow(store, prefix, state.clone(), report));
        Ok(Self { state, applied, task })
    }

    /// The present state.
    pub fn state(&self) -> Arc<State> {
        self.state.load_full()
    }

    /// Waits until the state shows `revision`. Returns at once where it does; `false` where the feed has ended.
    pub async fn applied(&self, revision: Revision) -> bool {
        self.applied.clone().wait_for(|at| *at >= revision).await.is_ok()
    }

    /// True while the feed follows the store.
    pub fn is_live(&self) -> bool {
        !self.task.is_finished()
    }

    /// Ends the feed.
    pub fn stop(&self) {
        self.task.abort();
    }
}

async fn load(store: &dyn Store, prefix: &Prefix) -> Result<State, FeedError> {
    let mut contents = store.contents(prefix.clone()).await?;
    let mut state = State::at(contents.revision());
    while let Some(portion) = contents.next().await {
        state.add(&portion?)?;
    }
    Ok(state)
}

/// Follows the watch; after a failure, or having fallen behind what the store keeps, reads it anew.
async fn follow(store: Arc<dyn Store>, prefix: Prefix, state: Arc<ArcSwap<State>>, report: watch::Sender<Revision>) {
    loop {
        match drain(store.as_ref(), &prefix, &state, &report).await {
            Ok(()) => return, // The store was closed.
            Err(FeedError::Watch(WatchError::Compacted { .. } | WatchError::FutureRevision { .. })) => {
                warn!("the state fell behind the store and is read anew");
            }
            Err(failure) => {
                error!(error = &failure as &dyn std::error::Error, "the state does not follow the store");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        match load(store.as_ref(), &prefix).await {
            Ok(fresh) => {
                let revision = fresh.revision();
                state.store(Arc::new(fresh));
                report.send_replace(revision);
            }
            Err(failure) => {
                error!(error = &failure as &dyn std::error::Error, "the state cannot be read anew");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

async fn drain(
    store: &dyn Store,
    prefix: &Prefix,
    state: &ArcSwap<State>,
    report: &watch::Sender<Revision>,
) -> Result<(), FeedError> {
    let mut watch = store.watch(prefix.clone(), state.load().revision().next()).await?;
    while let Some(batch) = watch.next().await {
        let batch = batch?;
        let mut next = State::clone(&state.load());
        next.apply(&batch)?;
        state.store(Arc::new(next));
        report.send_replace(batch.revision);
    }
    Ok(())
}

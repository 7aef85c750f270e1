//! Starts and stops the management plane.

use crate::bootstrap::{self, BootstrapError, RootCredentials};
use crate::clock::{Clock, SystemClock};
use crate::config::ControlConfig;
use crate::console;
use crate::dispatch::Dispatcher;
use crate::http::Server;
use crate::idempotency;
use crate::identities::idle;
use crate::identities::recycle_bin;
use crate::ids::Ids;
use crate::key_uses::{self, KeyUses};
use crate::node::{DataPlane, Node};
use crate::replay::ReplayStore;
use crate::state::{Feed, FeedError};
use ramgate_api::OpSpec;
use ramgate_audit::{Audit, AuditError};
use ramgate_store::Store;
use ramgate_store::sealing::Sealer;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A running management plane.
pub struct Control {
    node: Arc<Node>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

/// Why the management plane does not start.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The store's content cannot be read.
    #[error("cannot load the state")]
    State(#[from] FeedError),
    /// The audit log cannot be opened.
    #[error("cannot open the audit log")]
    Audit(#[from] AuditError),
    /// The replay log cannot be opened.
    #[error("cannot open the replay log")]
    Replay(#[source] io::Error),
    /// The account cannot be made.
    #[error("the first start failed")]
    Bootstrap(#[from] BootstrapError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// The dispatcher with every operation.
pub(crate) fn dispatcher() -> Dispatcher {
    let products = [
        crate::ram::bind,
        crate::ims::bind,
        crate::sts::bind,
        crate::mse::bind,
        crate::apig::bind,
        crate::cas::bind,
        crate::mse::log_arms::bind,
        crate::ramgate::bind,
    ];
    products.into_iter().fold(Dispatcher::default(), |dispatcher, bind| bind(dispatcher))
}

/// Every operation, and whether it has a handler.
pub fn operations() -> Vec<(&'static OpSpec, bool)> {
    dispatcher().operations().collect()
}

impl Control {
    /// Starts: loads the state, makes the account where there is none, listens. Answers also the root key of an account
    /// just made.
    ///
    /// # Errors
    /// Whatever keeps it from serving; nothing is left running then.
    pub async fn start(
        config: ControlConfig,
        store: Arc<dyn Store>,
        sealer: Sealer,
        data_plane: Option<Arc<dyn DataPlane>>,
    ) -> Result<(Self, Option<RootCredentials>), ControlError> {
        Self::start_with_clock(config, store, sealer, data_plane, Arc::new(SystemClock)).await
    }

    /// As [`Control::start`], with a clock of the caller's.
    ///
    /// # Errors
    /// As [`Control::start`].
    pub async fn start_with_clock(
        config: ControlConfig,
        store: Arc<dyn Store>,
        sealer: Sealer,
        data_plane: Option<Arc<dyn DataPlane>>,
        clock: Arc<dyn Clock>,
    ) -> Result<(Self, Option<RootCredentials>), ControlError> {
        let listen = config.listen;
        let listen_error = |source| ControlError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(listen_error)?;
        let address = listener.local_addr().map_err(listen_error)?;
        let feed = Feed::start(store.clone()).await?;
        let node = Arc::new(Node {
            audit: Audit::open(config.data_dir.join("audit.db"))?,
            replay: ReplayStore::open(&config.data_dir, &config.signatures, clock.now())
                .map_err(ControlError::Replay)?,
            ids: Ids::new(clock.clone()),
            numbers: Default::default(),
            decisions: Default::default(),
            prepared: Default::default(),
            key_uses: KeyUses::default(),
            logon: Default::default(),
            sessions: Default::default(),
            issuers: Default::default(),
            turns: Default::default(),
            config,
            store,
            feed,
            sealer,
            clock,
            data_plane,
        });
        let credentials = bootstrap::bootstrap(&node).await?;
        let (stop, stopping) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let server =
            Arc::new(Server { node: node.clone(), dispatcher: Arc::new(dispatcher()), metrics: Arc::default() });
        tasks.spawn(server.serve(listener, stopping.clone(), Duration::from_secs(10)));
        tasks.spawn(housekeeping(node.clone(), stopping));
        Ok((Self { node, address, stop, tasks }, credentials))
    }

    /// The address listened on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops accepting, lets calls under way end, writes what is pending. The store is left to its owner to close.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
        self.node.key_uses.write(&self.node).await;
        self.node.feed.stop();
        if let Err(error) = self.node.audit.close().await {
            tracing::error!(%error, "the audit log could not be closed");
        }
    }
}

/// What is done now and then: uses of access keys are written, client tokens forgotten, the recycle bin emptied of what
/// is over its days. The last is done at the start, too: a node may have been down for long.
async fn housekeeping(node: Arc<Node>, mut stop: watch::Receiver<bool>) {
    recycle_bin::purge(&node).await;
    loop {
        tokio::select! {
            () = tokio::time::sleep(key_uses::WRITE_EVERY) => {
                node.key_uses.write(&node).await;
                idempotency::sweep(&node).await;
                recycle_bin::purge(&node).await;
                console::sweep(&node).await;
                idle::sweep(&node).await;
            }
            _ = stop.changed() => return,
        }
    }
}

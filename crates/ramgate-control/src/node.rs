//! A node's management plane: what handlers and dispatcher work with.

use crate::BoxFuture;
use crate::authorize::Decisions;
use crate::clock::Clock;
use crate::config::ControlConfig;
use crate::federation::oidc::Issuers;
use crate::gateways::Refusal;
use crate::ids::Ids;
use crate::key_uses::KeyUses;
use crate::logon::Logon;
use crate::numbers::Numbers;
use crate::ramgate::Prepared;
use crate::replay::ReplayStore;
use crate::sessions::Sessions;
use crate::state::{AccountState, Feed, State};
use crate::transact::{Turns, Tx};
use ramgate_api::ApiError;
use ramgate_audit::Audit;
use ramgate_model::{AccountId, GatewayId, RegionId, Timestamp};
use ramgate_store::sealing::Sealer;
use ramgate_store::{Revision, Store};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The data plane of this node, as far as the management plane needs to know of it.
pub trait DataPlane: Send + Sync + 'static {
    /// Waits until the data plane acts by `revision`, or cannot any more.
    fn applied(&self, revision: Revision) -> BoxFuture<'_, ()>;
    /// Why a gateway's listeners are not open; `None` where they are.
    fn listener_problem(&self, gateway: &GatewayId) -> Option<String>;
    /// Its metrics in Prometheus' text format.
    fn metrics(&self) -> String;
}

/// Everything a call needs. One per process.
pub struct Node {
    pub(crate) config: ControlConfig,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) feed: Feed,
    pub(crate) sealer: Sealer,
    pub(crate) audit: Audit,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Ids,
    pub(crate) numbers: Numbers,
    pub(crate) decisions: Decisions,
    pub(crate) prepared: Prepared,
    pub(crate) key_uses: KeyUses,
    pub(crate) logon: Logon,
    pub(crate) replay: ReplayStore,
    pub(crate) sessions: Sessions,
    pub(crate) issuers: Issuers,
    pub(crate) turns: Turns,
    pub(crate) data_plane: Option<Arc<dyn DataPlane>>,
}

/// One call, as its handler sees it. Cheap to clone.
#[derive(Clone)]
pub struct Cx {
    pub(crate) node: Arc<Node>,
    pub(crate) account_id: AccountId,
    pub(crate) state: Arc<State>,
    pub(crate) now: Timestamp,
    pub(crate) request_id: Arc<str>,
    /// The revision of the call's last change; zero without one.
    pub(crate) changed: Arc<AtomicU64>,
    /// The parameters as received.
    pub(crate) parameters: Arc<Value>,
    /// Where the call came from.
    pub(crate) connection: Arc<Connection>,
    /// Everything is decided and nothing is written.
    pub(crate) dry_run: bool,
}

/// Where a call came from, as conditions of policies ask for it.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// The client's address: the peer's, or one forwarded by a trusted proxy.
    pub(crate) source_ip: std::net::IpAddr,
    /// Whether it came over TLS.
    pub(crate) secure: bool,
    /// What the client says it is.
    pub(crate) user_agent: String,
}

impl Cx {
    /// The account that is acted on.
    pub fn account_id(&self) -> &AccountId {
        &self.account_id
    }

    /// The region of this installation.
    pub fn region(&self) -> &RegionId {
        &self.node.config.region
    }

    /// The settings.
    pub fn config(&self) -> &ControlConfig {
        &self.node.config
    }

    /// The account's state as the call was authorised on it.
    pub fn account(&self) -> Arc<AccountState> {
        self.state.account(&self.account_id).cloned().unwrap_or_default()
    }

    /// When the call came in.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The id of this call.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The parameters as received: what client tokens compare.
    pub(crate) fn parameters(&self) -> &Value {
        &self.parameters
    }

    /// Whether this call only decides.
    pub(crate) fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// This call, deciding everything and writing nothing where `dry_run` is asked for.
    pub(crate) fn dry(&self, dry_run: Option<bool>) -> Self {
        Self { dry_run: self.dry_run || dry_run == Some(true), ..self.clone() }
    }

    /// New identifiers.
    pub fn ids(&self) -> &Ids {
        &self.node.ids
    }

    /// Encrypts and opens secrets.
    pub fn sealer(&self) -> &Sealer {
        &self.node.sealer
    }

    /// The data plane, where this node runs one.
    pub fn data_plane(&self) -> Option<&Arc<dyn DataPlane>> {
        self.node.data_plane.as_ref()
    }

    /// The next numeric id of a sequence of the account.
    ///
    /// # Errors
    /// Where the store cannot write.
    pub async fn number(&self, sequence: &'static str) -> Result<i64, ApiError> {
        if self.dry_run {
            return Ok(0);
        }
        self.node.numbers.next(&self.node, &self.account_id, sequence).await
    }

    /// Changes the store: `decide` is run again where another change came between, so it decides
    /// anew from `tx.account()` each time.
    ///
    /// # Errors
    /// What `decide` answers, or that the store cannot write.
    pub async fn transact<T>(&self, decide: impl FnMut(&mut Tx) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.transact_as(decide).await
    }

    /// As [`Cx::transact`], for the layer beneath both gateway APIs.
    pub(crate) async fn change<T>(&self, decide: impl FnMut(&mut Tx) -> Result<T, Refusal>) -> Result<T, Refusal> {
        self.transact_as(decide).await
    }

    async fn transact_as<T, E: From<ApiError>>(&self, mut decide: impl FnMut(&mut Tx) -> Result<T, E>) -> Result<T, E> {
        if self.dry_run {
            return decide(&mut Tx::new(self.account_id.clone(), self.node.feed.state()));
        }
        let (result, revision) = self.node.transact(&self.account_id, decide).await?;
        self.changed.fetch_max(revision.0, Ordering::Relaxed);
        Ok(result)
    }
}

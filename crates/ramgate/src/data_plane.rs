//! The data plane as the management plane sees it: the two crates do not know each other.

use arc_swap::ArcSwap;
use ramgate_control::DataPlane;
use ramgate_model::GatewayId;
use ramgate_proxy::Proxy;
use ramgate_store::Revision;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often listeners that could not be opened are looked at again.
const REFRESH: Duration = Duration::from_secs(5);

/// The data plane of this process.
pub(crate) struct LocalDataPlane {
    proxy: Arc<Proxy>,
    applied: watch::Receiver<Option<Revision>>,
    /// Why listeners are not open, by gateway.
    problems: ArcSwap<HashMap<String, String>>,
}

impl LocalDataPlane {
    /// Wraps a data plane and what its feed reports.
    pub(crate) fn new(proxy: Arc<Proxy>, applied: watch::Receiver<Option<Revision>>) -> Arc<Self> {
        Arc::new(Self { proxy, applied, problems: ArcSwap::default() })
    }

    /// Keeps what is known of listeners fresh. Dropping the future stops it.
    pub(crate) async fn watch_listeners(self: Arc<Self>) {
        loop {
            self.refresh().await;
            tokio::time::sleep(REFRESH).await;
        }
    }

    async fn refresh(&self) {
        let mut problems = HashMap::new();
        for status in self.proxy.listeners().await {
            if let Some(error) = status.error {
                let text = format!("cannot listen on {}: {error}", status.address);
                problems.insert(status.gateway.id().to_string(), text);
            }
        }
        if !(problems.is_empty() && self.problems.load().is_empty()) {
            self.problems.store(Arc::new(problems));
        }
    }
}

impl DataPlane for LocalDataPlane {
    fn applied(&self, revision: Revision) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            let mut applied = self.applied.clone();
            // An ended feed cannot apply anything any more; waiting would be for ever.
            if applied.wait_for(|at| at.is_some_and(|at| at >= revision)).await.is_ok() {
                self.refresh().await;
            }
        })
    }

    fn listener_problem(&self, gateway: &GatewayId) -> Option<String> {
        self.problems.load().get(gateway.as_str()).cloned()
    }

    fn metrics(&self) -> String {
        self.proxy.metrics()
    }
}

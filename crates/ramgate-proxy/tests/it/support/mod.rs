//! What the tests have in common: objects, a running gateway, origins, a client that sends bytes as they are.

pub mod client;
pub mod objects;
pub mod origin;
pub mod pki;

use objects::{ACCOUNT, GATEWAY};
use ramgate_proxy::{Proxy, ProxyConfig};
use ramgate_routing::{Change, GatewayKey};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

/// A running data plane with one gateway on free ports.
pub struct TestGateway {
    pub proxy: Proxy,
    pub http: SocketAddr,
    pub https: SocketAddr,
}

/// Settings for tests: few workers, short timeouts where a test waits for them.
pub fn config() -> ProxyConfig {
    ProxyConfig { workers: NonZeroUsize::new(2).unwrap(), ..ProxyConfig::default() }
}

/// Starts a gateway with these objects besides itself.
pub async fn start(changes: Vec<Change>) -> TestGateway {
    start_with(config(), changes).await
}

/// As [`start`], with these settings.
pub async fn start_with(config: ProxyConfig, changes: Vec<Change>) -> TestGateway {
    let proxy = Proxy::start(config).unwrap();
    let all = std::iter::once(objects::gateway(GATEWAY, 0, 0)).chain(changes);
    let applied = proxy.apply(all).await;
    assert!(applied.problems.is_empty() && applied.bind_failures.is_empty(), "{applied:?}");
    let (http, https) = ports(&proxy, GATEWAY).await;
    TestGateway { proxy, http, https }
}

/// The addresses of a gateway's listeners.
pub async fn ports(proxy: &Proxy, gateway: &str) -> (SocketAddr, SocketAddr) {
    let key = GatewayKey::new(&ACCOUNT.into(), &gateway.into());
    let all = proxy.listeners().await;
    let find =
        |secure| all.iter().find(|l| l.gateway == key && l.secure == secure && l.error.is_none()).unwrap().address;
    (find(false), find(true))
}

impl TestGateway {
    pub async fn apply(&self, change: Change) {
        let applied = self.proxy.apply([change]).await;
        assert!(applied.problems.is_empty() && applied.bind_failures.is_empty(), "{applied:?}");
    }

    /// The value of a metric, given with its labels.
    pub fn metric(&self, name: &str) -> u64 {
        let text = self.proxy.metrics();
        let line = text.lines().find(|line| line.split(' ').next() == Some(name));
        line.and_then(|line| line.rsplit(' ').next()).map_or(0, |n| n.parse().unwrap())
    }

    /// Waits until a metric has this value.
    pub async fn metric_becomes(&self, name: &str, value: u64) {
        eventually(|| self.metric(name) == value, || format!("{name} is {} and not {value}", self.metric(name))).await;
    }
}

/// Waits for a condition, for 10 s at most.
pub async fn eventually(condition: impl Fn() -> bool, message: impl Fn() -> String) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(10), "{}", message());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Fails a test that hangs.
pub async fn within<T>(seconds: u64, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(seconds), future).await.expect("took too long")
}

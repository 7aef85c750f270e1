//! Counters of the data plane. Each worker writes its own and nobody else's; scraping sums them up.

use crate::gate::Refusal;
use ramgate_routing::GatewayKey;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

/// A number that one thread changes and others may read.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    /// Adds; must be called by the owning thread only, which spares the locked instruction.
    pub(crate) fn add(&self, n: u64) {
        self.0.store(self.0.load(Relaxed).wrapping_add(n), Relaxed);
    }

    /// Subtracts; for gauges, by the owning thread only.
    pub(crate) fn sub(&self, n: u64) {
        self.0.store(self.0.load(Relaxed).wrapping_sub(n), Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// The counters of one worker.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) connections: Counter,
    pub(crate) connections_open: Counter,
    pub(crate) handshake_failures: Counter,
    pub(crate) requests_in_flight: Counter,
    pub(crate) upstream_connects: Counter,
    pub(crate) upstream_connect_failures: Counter,
    pub(crate) upstream_retries: Counter,
    pub(crate) timeouts: Counter,
    pub(crate) log_lines_dropped: Counter,
    refusals: Mutex<BTreeMap<&'static str, u64>>,
    gateways: Mutex<Vec<(GatewayKey, Arc<GatewayCounters>)>>,
}

/// What one worker counts for one gateway.
#[derive(Debug, Default)]
pub(crate) struct GatewayCounters {
    /// By status class: 1xx to 5xx.
    pub(crate) requests: [Counter; 5],
}

impl GatewayCounters {
    pub(crate) fn answered(&self, status: u16) {
        if let Some(counter) = self.requests.get(usize::from(status / 100).wrapping_sub(1)) {
            counter.add(1);
        }
    }
}

impl Counters {
    /// The counters of `gateway`.
    pub(crate) fn gateway(&self, gateway: &GatewayKey) -> Arc<GatewayCounters> {
        let mut gateways = self.gateways.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, counters)) = gateways.iter().find(|(key, _)| key == gateway) {
            return counters.clone();
        }
        let counters = Arc::new(GatewayCounters::default());
        gateways.push((gateway.clone(), counters.clone()));
        counters
    }

    /// The gate refused a request. Rare, hence the lock.
    pub(crate) fn refused(&self, refusal: Refusal) {
        *self.refusals.lock().unwrap_or_else(PoisonError::into_inner).entry(refusal.label()).or_default() += 1;
    }
}

/// The sum over `workers` in Prometheus' text format.
pub(crate) fn render(workers: &[Arc<Counters>]) -> String {
    let mut out = String::new();
    let mut single = |name: &str, kind: &str, help: &str, get: fn(&Counters) -> &Counter| {
        let sum = workers.iter().fold(0u64, |sum, worker| sum.wrapping_add(get(worker).get()));
        let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {sum}");
    };
    single("ramgate_proxy_connections_total", "counter", "Client connections accepted.", |c| &c.connections);
    single("ramgate_proxy_connections_open", "gauge", "Client connections open.", |c| &c.connections_open);
    single("ramgate_proxy_tls_handshake_failures_total", "counter", "TLS handshakes of clients that failed.", |c| {
        &c.handshake_failures
    });
    single(
        "ramgate_proxy_requests_in_flight",
        "gauge",
        "Requests between their head and the end of their answer.",
        |c| &c.requests_in_flight,
    );
    single("ramgate_proxy_upstream_connects_total", "counter", "Connections opened to services.", |c| {
        &c.upstream_connects
    });
    single("ramgate_proxy_upstream_connect_failures_total", "counter", "Connections to services that failed.", |c| {
        &c.upstream_connect_failures
    });
    single("ramgate_proxy_upstream_retries_total", "counter", "Requests sent to a service once more.", |c| {
        &c.upstream_retries
    });
    single(
        "ramgate_proxy_client_timeouts_total",
        "counter",
        "Connections closed because the client was too slow.",
        |c| &c.timeouts,
    );
    single(
        "ramgate_proxy_access_log_lines_dropped_total",
        "counter",
        "Access log lines dropped, the queue being full.",
        |c| &c.log_lines_dropped,
    );
    per_gateway(&mut out, workers);
    refusals(&mut out, workers);
    out
}

fn per_gateway(out: &mut String, workers: &[Arc<Counters>]) {
    let name = "ramgate_proxy_requests_total";
    let _ = writeln!(out, "# HELP {name} Requests answered, by gateway and status class.\n# TYPE {name} counter");
    let mut sums: BTreeMap<GatewayKey, [u64; 5]> = BTreeMap::new();
    for worker in workers {
        for (gateway, counters) in worker.gateways.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let sum = sums.entry(gateway.clone()).or_default();
            sum.iter_mut().zip(&counters.requests).for_each(|(sum, counter)| *sum += counter.get());
        }
    }
    for (gateway, classes) in sums {
        for (class, n) in (1..).zip(classes) {
            let _ = writeln!(out, "{name}{{gateway_id=\"{}\",status=\"{class}xx\"}} {n}", gateway.id());
        }
    }
}

fn refusals(out: &mut String, workers: &[Arc<Counters>]) {
    let name = "ramgate_proxy_requests_refused_total";
    let _ = writeln!(out, "# HELP {name} Requests refused by the HTTP gate, by reason.\n# TYPE {name} counter");
    let mut sums: BTreeMap<&'static str, u64> = BTreeMap::new();
    for worker in workers {
        for (reason, n) in worker.refusals.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            *sums.entry(reason).or_default() += n;
        }
    }
    for (reason, n) in sums {
        let _ = writeln!(out, "{name}{{reason=\"{reason}\"}} {n}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_of_all_workers_are_summed() {
        let workers = [Arc::new(Counters::default()), Arc::new(Counters::default())];
        let key = GatewayKey::new(&"100".into(), &"gw-1".into());
        for worker in &workers {
            worker.connections.add(2);
            worker.gateway(&key).answered(204);
            worker.refused(Refusal::Host);
        }
        workers[0].gateway(&key).answered(503);
        let text = render(&workers);
        for line in [
            "ramgate_proxy_connections_total 4",
            "ramgate_proxy_requests_total{gateway_id=\"gw-1\",status=\"2xx\"} 2",
            "ramgate_proxy_requests_total{gateway_id=\"gw-1\",status=\"5xx\"} 1",
            "ramgate_proxy_requests_refused_total{reason=\"host\"} 2",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} is missing in\n{text}");
        }
    }
}

//! The data plane as the rest of the process sees it: start, apply changes, look, shut down.

use crate::access_log;
use crate::config::ProxyConfig;
use crate::dns::{self, Resolver};
use crate::listen::listen;
use crate::metrics::{self, Counters};
use crate::worker::{self, Common, Opened, Order};
use arc_swap::ArcSwap;
use ramgate_model::EntryPoint;
use ramgate_routing::{
    Change, Effects, GatewayKey, ListenerChange, LiveAddress, ObjectRef, Problem, ServiceChange, ServiceKey, Snapshot,
};
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard, mpsc, oneshot};

/// Orders that may wait at a worker.
const ORDERS: usize = 256;

/// Why the data plane does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The access log cannot be opened.
    #[error("cannot open the access log")]
    AccessLog(#[source] io::Error),
    /// A thread cannot be started.
    #[error("cannot start the thread `{name}`")]
    Thread {
        /// Its name.
        name: String,
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

/// The data plane. Everything that carries traffic runs on threads of its own.
pub struct Proxy {
    counters: Vec<Arc<Counters>>,
    snapshot: Arc<ArcSwap<Snapshot>>,
    state: Mutex<State>,
}

struct State {
    /// `None` once shut down.
    running: Option<Running>,
    snapshot: Snapshot,
    listeners: Vec<EntryListeners>,
    next_id: u64,
    /// Keeps the host names of services resolved before the first request asks.
    names: HashMap<ServiceKey, Vec<Arc<dns::Entry>>>,
}

struct Running {
    workers: Vec<mpsc::Sender<Order>>,
    threads: Vec<JoinHandle<()>>,
    resolver: Resolver,
    drain: Duration,
}

/// The two listeners of an entry point.
struct EntryListeners {
    gateway: GatewayKey,
    entry: EntryPoint,
    http: Result<(u64, SocketAddr), Arc<io::Error>>,
    https: Result<(u64, SocketAddr), Arc<io::Error>>,
}

/// What came of applying changes.
#[derive(Debug, Default)]
pub struct Applied {
    /// Objects that cannot be served as written.
    pub problems: Vec<Problem>,
    /// Entry points that could not be opened.
    pub bind_failures: Vec<ListenerStatus>,
}

/// The state of one listening port.
#[derive(Clone, Debug)]
pub struct ListenerStatus {
    /// The gateway served there.
    pub gateway: GatewayKey,
    /// It speaks TLS.
    pub secure: bool,
    /// The address; where port 0 was asked for, the port that was found.
    pub address: SocketAddr,
    /// Why it is not open.
    pub error: Option<Arc<io::Error>>,
}

impl Proxy {
    /// Starts the workers. Nothing is served until changes are applied.
    pub fn start(config: ProxyConfig) -> Result<Self, StartError> {
        let failed = |name: &str| {
            let name = name.to_owned();
            move |source| StartError::Thread { name, source }
        };
        let mut threads = Vec::new();
        let log = access_log::start(&config.access_log).map_err(StartError::AccessLog)?;
        let (log, log_thread) = log.unzip();
        let (resolver, dns_thread) = Resolver::start(config.dns).map_err(failed("dns"))?;
        let snapshot = Arc::new(ArcSwap::from_pointee(Snapshot::empty()));
        let drain = config.timeouts.drain;
        let n_workers = config.workers.get();
        let common = Common {
            config: Arc::new(config),
            snapshot: snapshot.clone(),
            sites: Arc::default(),
            resolver: resolver.clone(),
            log,
        };
        let mut workers = Vec::new();
        let mut counters = Vec::new();
        for i in 0..n_workers {
            let (sender, orders) = mpsc::channel(ORDERS);
            let own: Arc<Counters> = Arc::default();
            let (common, for_worker) = (common.clone(), own.clone());
            let name = format!("proxy-{i}");
            let body = move || {
                if let Err(error) = worker::run(common, for_worker, orders) {
                    tracing::error!(%error, "a worker cannot start");
                }
            };
            threads.push(std::thread::Builder::new().name(name.clone()).spawn(body).map_err(failed(&name))?);
            workers.push(sender);
            counters.push(own);
        }
        // Last, since they end when nobody needs them any more.
        threads.extend(log_thread);
        threads.push(dns_thread);
        let state = State {
            running: Some(Running { workers, threads, resolver, drain }),
            snapshot: Snapshot::empty(),
            listeners: Vec::new(),
            next_id: 0,
            names: HashMap::new(),
        };
        Ok(Self { counters, snapshot, state: Mutex::new(state) })
    }

    /// Applies changes in order, as one step: requests see all of them or none. When it returns, new requests are served by
    /// the new state, and listeners of new gateways are open, or it is known why not.
    pub async fn apply(&self, changes: impl IntoIterator<Item = Change>) -> Applied {
        let mut step = self.begin().await;
        changes.into_iter().for_each(|change| step.apply(change));
        step.finish().await
    }

    /// Begins a step whose changes come in bit by bit. Others wait until it is finished, or dropped without any effect.
    pub(crate) async fn begin(&self) -> Step<'_> {
        let state = self.state.lock().await;
        let snapshot = state.snapshot.clone();
        Step { proxy: self, state, snapshot, effects: Effects::default() }
    }

    /// Tries again to open what could not be opened; returns what still cannot.
    pub async fn retry_listeners(&self) -> Vec<ListenerStatus> {
        let mut state = self.state.lock().await;
        let failed = |listeners: &EntryListeners| listeners.http.is_err() || listeners.https.is_err();
        if !state.listeners.iter().any(failed) {
            return Vec::new();
        }
        for i in 0..state.listeners.len() {
            let Some(listeners) = state.listeners.get(i).filter(|l| failed(l)) else { continue };
            let (gateway, entry) = (listeners.gateway.clone(), listeners.entry);
            let (retry_http, retry_https) = (listeners.http.is_err(), listeners.https.is_err());
            let http = if retry_http { Some(state.open_port(&gateway, &entry, false).await) } else { None };
            let https = if retry_https { Some(state.open_port(&gateway, &entry, true).await) } else { None };
            if let Some(listeners) = state.listeners.get_mut(i) {
                listeners.http = http.unwrap_or_else(|| clone_of(&listeners.http));
                listeners.https = https.unwrap_or_else(|| clone_of(&listeners.https));
            }
        }
        state.listeners.iter().flat_map(EntryListeners::statuses).filter(|status| status.error.is_some()).collect()
    }

    /// All listening ports, open or not.
    pub async fn listeners(&self) -> Vec<ListenerStatus> {
        self.state.lock().await.listeners.iter().flat_map(EntryListeners::statuses).collect()
    }

    /// What is served at present.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Counters and gauges in Prometheus' text format.
    pub fn metrics(&self) -> String {
        metrics::render(&self.counters)
    }

    /// Stops accepting, lets requests finish for at most `grace`, closes what is left, and ends all threads. Later calls do
    /// nothing.
    pub async fn shutdown(&self, grace: Duration) {
        let Some(Running { workers, threads, resolver, .. }) = self.state.lock().await.running.take() else { return };
        self.state.lock().await.names.clear();
        let mut ends = Vec::new();
        for worker in &workers {
            let (said, end) = oneshot::channel();
            if worker.send(Order::Shutdown(grace, said)).await.is_ok() {
                ends.push(end);
            }
        }
        for end in ends {
            let _ = end.await;
        }
        drop((workers, resolver));
        let join = move || threads.into_iter().for_each(|thread| drop(thread.join()));
        let _ = tokio::task::spawn_blocking(join).await;
    }
}

/// Changes on their way: requests see none of them until it is finished.
pub(crate) struct Step<'a> {
    proxy: &'a Proxy,
    state: MutexGuard<'a, State>,
    snapshot: Snapshot,
    effects: Effects,
}

impl Step<'_> {
    /// The objects that are served so far.
    pub(crate) fn objects(&self) -> impl Iterator<Item = ObjectRef> {
        self.snapshot.objects()
    }

    pub(crate) fn apply(&mut self, change: Change) {
        self.effects.append(self.snapshot.apply(change));
    }

    /// See [`Proxy::apply`].
    pub(crate) async fn finish(self) -> Applied {
        let Self { proxy, mut state, snapshot, effects } = self;
        state.snapshot = snapshot;
        state.resolve(&effects.services);
        proxy.snapshot.store(Arc::new(state.snapshot.clone()));
        let mut applied = Applied { problems: effects.problems, bind_failures: Vec::new() };
        for change in effects.listeners {
            match change {
                ListenerChange::Close { gateway, entry } => state.close(&gateway, &entry).await,
                ListenerChange::Open { gateway, entry } => {
                    let listeners = state.open(gateway, entry).await;
                    applied.bind_failures.extend(listeners.statuses().filter(|status| status.error.is_some()));
                    state.listeners.push(listeners);
                }
            }
        }
        applied
    }
}

impl State {
    /// Keeps host names of services resolved for as long as the services exist.
    fn resolve(&mut self, services: &[ServiceChange]) {
        let Some(running) = &self.running else { return };
        for change in services {
            match change {
                ServiceChange::Added(service) | ServiceChange::Changed(service) => {
                    let names = service.addresses.iter().filter_map(|address| match address {
                        LiveAddress::Dns { host, .. } => Some(running.resolver.entry(host, &service.dns_servers)),
                        LiveAddress::Socket(_) => None,
                    });
                    let names: Vec<_> = names.collect();
                    match names.is_empty() {
                        true => self.names.remove(&service.key),
                        false => self.names.insert(service.key.clone(), names),
                    };
                }
                ServiceChange::Removed(key) => drop(self.names.remove(key)),
            }
        }
    }

    async fn open(&mut self, gateway: GatewayKey, entry: EntryPoint) -> EntryListeners {
        let http = self.open_port(&gateway, &entry, false).await;
        let https = self.open_port(&gateway, &entry, true).await;
        EntryListeners { gateway, entry, http, https }
    }

    async fn open_port(
        &mut self,
        gateway: &GatewayKey,
        entry: &EntryPoint,
        secure: bool,
    ) -> Result<(u64, SocketAddr), Arc<io::Error>> {
        let port = if secure { entry.https_port } else { entry.http_port };
        let Some(running) = &self.running else { return Err(Arc::new(io::Error::other("shut down"))) };
        let sockets = listen(SocketAddr::new(entry.host, port), running.workers.len())?;
        let addr = sockets.first().ok_or_else(|| io::Error::other("no worker"))?.local_addr()?;
        let id = self.next_id;
        self.next_id += 1;
        for (worker, socket) in running.workers.iter().zip(sockets) {
            let opened = Opened { socket, gateway: gateway.clone(), secure, https_port: entry.https_port };
            // A worker that is gone has said why.
            let _ = worker.send(Order::Open(id, opened)).await;
        }
        tracing::info!(gateway_id = gateway.id(), %addr, secure, "listening");
        Ok((id, addr))
    }

    async fn close(&mut self, gateway: &GatewayKey, entry: &EntryPoint) {
        let found = self.listeners.iter().position(|l| l.gateway == *gateway && l.entry == *entry);
        let (Some(i), Some(running)) = (found, &self.running) else { return };
        let listeners = self.listeners.swap_remove(i);
        for (id, addr) in [&listeners.http, &listeners.https].into_iter().flatten() {
            let mut ends = Vec::new();
            for worker in &running.workers {
                let (said, end) = oneshot::channel();
                if worker.send(Order::Close(*id, running.drain, said)).await.is_ok() {
                    ends.push(end);
                }
            }
            // Only then can somebody else have the port.
            for end in ends {
                let _ = end.await;
            }
            tracing::info!(gateway_id = gateway.id(), %addr, "no longer listening");
        }
    }
}

impl EntryListeners {
    fn statuses(&self) -> impl Iterator<Item = ListenerStatus> {
        [(false, self.entry.http_port, &self.http), (true, self.entry.https_port, &self.https)].into_iter().map(
            |(secure, port, result)| ListenerStatus {
                gateway: self.gateway.clone(),
                secure,
                address: result.as_ref().map_or(SocketAddr::new(self.entry.host, port), |(_, addr)| *addr),
                error: result.as_ref().err().cloned(),
            },
        )
    }
}

fn clone_of<T: Clone, E>(result: &Result<T, Arc<E>>) -> Result<T, Arc<E>> {
    match result {
        Ok(value) => Ok(value.clone()),
        Err(error) => Err(error.clone()),
    }
}

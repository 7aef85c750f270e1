//! A worker: one thread with its own runtime, accept loops, connections and pools. It shares nothing mutable with other
//! workers on the path of a request; snapshots reach it through an atomic pointer, orders through a channel.

use crate::access_log;
use crate::coarse::{TICK, Timers};
use crate::config::ProxyConfig;
use crate::connection;
use crate::dns::Resolver;
use crate::metrics::{Counters, GatewayCounters};
use crate::tls::Sites;
use crate::upstream::{Services, endpoint};
use arc_swap::{ArcSwap, Cache};
use http::HeaderValue;
use ramgate_routing::{GatewayKey, Snapshot};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::LocalOptions;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::{JoinHandle, spawn_local};

/// An order to a worker.
pub(crate) enum Order {
    /// Accept connections on this socket.
    Open(u64, Opened),
    /// Stop accepting there and say so; let connections finish, close them after this time.
    Close(u64, Duration, oneshot::Sender<()>),
    /// As `Close` for all listeners, then end the thread and say so.
    Shutdown(Duration, oneshot::Sender<()>),
}

/// A socket that listens already, and what it is for.
pub(crate) struct Opened {
    pub(crate) socket: std::net::TcpListener,
    pub(crate) gateway: GatewayKey,
    pub(crate) secure: bool,
    pub(crate) https_port: u16,
}

/// What all workers share, read only.
#[derive(Clone)]
pub(crate) struct Common {
    pub(crate) config: Arc<ProxyConfig>,
    pub(crate) snapshot: Arc<ArcSwap<Snapshot>>,
    pub(crate) sites: Arc<Sites>,
    pub(crate) resolver: Resolver,
    pub(crate) log: Option<access_log::Sender>,
}

/// The state of a worker thread.
pub(crate) struct Worker {
    pub(crate) config: Arc<ProxyConfig>,
    pub(crate) timers: Rc<Timers>,
    pub(crate) services: Services,
    pub(crate) counters: Arc<Counters>,
    pub(crate) sites: Arc<Sites>,
    pub(crate) log: Option<access_log::Sender>,
    pub(crate) server_header: Option<HeaderValue>,
    snapshots: RefCell<Cache<Arc<ArcSwap<Snapshot>>, Arc<Snapshot>>>,
    /// Counts the snapshots that this worker has seen; the address is that of the last one.
    epoch: Cell<(u64, usize)>,
    random: Cell<u64>,
    connections: Cell<usize>,
    connection_ended: Notify,
}

/// A listening socket of this worker.
pub(crate) struct Listener {
    pub(crate) gateway: GatewayKey,
    pub(crate) secure: bool,
    /// Where plain requests are redirected to.
    pub(crate) https_port: u16,
    pub(crate) counters: Arc<GatewayCounters>,
    pub(crate) stage: Cell<Stage>,
    /// Tells the accept loop to end.
    closing: Notify,
}

/// The life of a listener's connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// As usual.
    Serving,
    /// Requests in flight finish; no others are taken.
    Draining,
    /// Everything ends now.
    Over,
}

/// Runs a worker on the present thread until it is told to shut down, or `orders` is closed.
pub(crate) fn run(common: Common, counters: Arc<Counters>, orders: mpsc::Receiver<Order>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build_local(LocalOptions::default())?;
    runtime.block_on(work(common, counters, orders));
    Ok(())
}

async fn work(common: Common, counters: Arc<Counters>, mut orders: mpsc::Receiver<Order>) {
    let timers = Rc::new(Timers::default());
    let ticking = spawn_local(timers.clone().run());
    let shared = endpoint::Shared {
        timers: timers.clone(),
        timeouts: common.config.timeouts,
        limits: common.config.limits,
        settings: common.config.upstream,
        counters: counters.clone(),
    };
    let worker = Rc::new(Worker {
        timers,
        services: Services::new(shared, common.resolver),
        counters,
        sites: common.sites,
        log: common.log,
        server_header: common.config.server_header.as_ref().and_then(|name| HeaderValue::from_str(name).ok()),
        snapshots: RefCell::new(Cache::new(common.snapshot)),
        epoch: Cell::new((0, 0)),
        random: Cell::new(seed()),
        connections: Cell::new(0),
        connection_ended: Notify::new(),
        config: common.config,
    });
    let maintaining = spawn_local({
        let worker = worker.clone();
        async move { worker.services.maintain(|| worker.with_snapshot(|s, epoch| (s.clone(), epoch))).await }
    });

    let mut listeners: HashMap<u64, (Rc<Listener>, JoinHandle<()>)> = HashMap::new();
    let mut done = None;
    while let Some(order) = orders.recv().await {
        match order {
            Order::Open(id, opened) => match worker.open(opened) {
                Ok(opened) => drop(listeners.insert(id, opened)),
                Err(error) => tracing::error!(%error, "cannot accept on a socket that listens"),
            },
            Order::Close(id, grace, closed) => {
                if let Some((listener, accepting)) = listeners.remove(&id) {
                    let worker = worker.clone();
                    spawn_local(async move {
                        stop_accepting(&listener, accepting).await;
                        let _ = closed.send(());
                        drain(worker, vec![listener], grace).await;
                    });
                }
            }
            Order::Shutdown(grace, said) => {
                let mut all = Vec::new();
                for (_, (listener, accepting)) in listeners.drain() {
                    stop_accepting(&listener, accepting).await;
                    all.push(listener);
                }
                drain(worker.clone(), all, grace).await;
                done = Some(said);
                break;
            }
        }
    }
    ticking.abort();
    maintaining.abort();
    if let Some(said) = done {
        let _ = said.send(());
    }
}

/// Closes the socket. The accept loop takes first what the kernel has accepted already; those clients would be reset
/// otherwise.
async fn stop_accepting(listener: &Listener, accepting: JoinHandle<()>) {
    listener.closing.notify_one();
    let _ = accepting.await;
}

/// Lets the connections of `listeners` finish; ends when they have, or when `grace` is over and they were closed.
async fn drain(worker: Rc<Worker>, listeners: Vec<Rc<Listener>>, grace: Duration) {
    let stage = |stage| {
        listeners.iter().for_each(|listener| listener.stage.set(stage));
        worker.timers.wake_all();
    };
    // Every connection holds its listener.
    let open = || listeners.iter().any(|listener| Rc::strong_count(listener) > 1);
    let all_ended = async {
        while open() {
            // Parts of an HTTP/2 connection can outlive it for a moment without saying so.
            let _ = tokio::time::timeout(TICK, worker.connection_ended.notified()).await;
        }
    };
    stage(Stage::Draining);
    if tokio::time::timeout(grace, all_ended).await.is_err() {
        stage(Stage::Over);
        // They end at their next poll, which is due.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
    }
}

impl Worker {
    /// Calls `f` with the present snapshot and the number of this worker's present one.
    pub(crate) fn with_snapshot<R>(&self, f: impl FnOnce(&Arc<Snapshot>, u64) -> R) -> R {
        let mut cache = self.snapshots.borrow_mut();
        let snapshot = cache.load();
        let (mut epoch, last) = self.epoch.get();
        let address = Arc::as_ptr(snapshot) as usize;
        if address != last {
            epoch += 1;
            self.epoch.set((epoch, address));
        }
        f(snapshot, epoch)
    }

    /// 64 random bits; not for secrets.
    fn random_bits(&self) -> u64 {
        // SplitMix64: every seed has the full period.
        let state = self.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.random.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A random number, evenly distributed.
    pub(crate) fn random(&self) -> u32 {
        (self.random_bits() >> 32) as u32
    }

    /// A new request id: a random UUID (RFC 9562, version 4).
    pub(crate) fn request_id(&self) -> [u8; 36] {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let high = (self.random_bits() & !0xf000) | 0x4000;
        let low = (self.random_bits() & !(0b11 << 62)) | (0b10 << 62);
        let mut bits = u128::from(high) << 64 | u128::from(low);
        let mut text = [b'-'; 36];
        for (i, place) in text.iter_mut().enumerate() {
            if !matches!(i, 8 | 13 | 18 | 23) {
                *place = HEX[(bits >> 124) as usize];
                bits <<= 4;
            }
        }
        text
    }

    fn open(self: &Rc<Self>, opened: Opened) -> io::Result<(Rc<Listener>, JoinHandle<()>)> {
        let socket = TcpListener::from_std(opened.socket)?;
        let listener = Rc::new(Listener {
            counters: self.counters.gateway(&opened.gateway),
            gateway: opened.gateway,
            secure: opened.secure,
            https_port: opened.https_port,
            stage: Cell::new(Stage::Serving),
            closing: Notify::new(),
        });
        let accepting = spawn_local(accept(self.clone(), listener.clone(), socket));
        Ok((listener, accepting))
    }
}

/// Accepts until told to close, and then what waits already.
async fn accept(worker: Rc<Worker>, listener: Rc<Listener>, socket: TcpListener) {
    loop {
        while worker.connections.get() >= worker.config.limits.connections_per_worker {
            tokio::select! {
                () = worker.connection_ended.notified() => {}
                () = listener.closing.notified() => return,
            }
        }
        let accepted = tokio::select! {
            biased;
            accepted = socket.accept() => accepted,
            () = listener.closing.notified() => return,
        };
        match accepted {
            Ok((tcp, peer)) => {
                // Small answers must not wait for acknowledgements. Failing means that the peer has gone.
                if tcp.set_nodelay(true).is_ok() {
                    let open = Open::new(worker.clone());
                    let served = connection::serve(worker.clone(), listener.clone(), tcp, peer);
                    spawn_local(async move {
                        served.await;
                        drop(open);
                    });
                }
            }
            // A connection that was reset before it was accepted concerns nobody. Other errors mean that something is used
            // up, file descriptors mostly: wait for connections to end.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Counts an open connection.
struct Open(Rc<Worker>);

impl Open {
    fn new(worker: Rc<Worker>) -> Self {
        worker.connections.set(worker.connections.get() + 1);
        worker.counters.connections.add(1);
        worker.counters.connections_open.add(1);
        Self(worker)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.set(self.0.connections.get() - 1);
        self.0.counters.connections_open.sub(1);
        self.0.connection_ended.notify_waiters();
    }
}

fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

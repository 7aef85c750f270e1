//! One address of a service, with this worker's connections to it.

use super::connect::{Tls, connect};
use super::h1::H1;
use super::h2::{self, H2};
use crate::coarse::Timers;
use crate::config::{Limits, Timeouts, Upstream};
use crate::metrics::Counters;
use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// How long an endpoint that could not be connected to is left alone, while there are others.
const AVOIDANCE: Duration = Duration::from_secs(2);

/// What connections of this worker have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) timers: Rc<Timers>,
    pub(crate) timeouts: Timeouts,
    pub(crate) limits: Limits,
    pub(crate) settings: Upstream,
    pub(crate) counters: Arc<Counters>,
}

/// What is spoken to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speaks {
    Http1,
    Http2,
}

/// One address of a service, with this worker's connections to it.
pub(crate) struct Endpoint {
    pub(crate) addr: SocketAddr,
    pub(crate) speaks: Speaks,
    pub(crate) tls: Option<Tls>,
    shared: Rc<Shared>,
    idle: RefCell<Vec<Idle>>,
    http2: RefCell<Option<H2>>,
    /// One HTTP/2 connection is opened at a time; others wait for it.
    opening: Mutex<()>,
    /// It could not be connected to, then.
    failed_at: Cell<Option<Instant>>,
    /// Set when the service no longer has this endpoint: connections are not kept any more.
    retired: Cell<bool>,
}

struct Idle {
    conn: Box<H1>,
    since: Instant,
}

impl Endpoint {
    pub(crate) fn new(addr: SocketAddr, speaks: Speaks, tls: Option<Tls>, shared: Rc<Shared>) -> Rc<Self> {
        Rc::new(Self {
            addr,
            speaks,
            tls,
            shared,
            idle: RefCell::default(),
            http2: RefCell::default(),
            opening: Mutex::default(),
            failed_at: Cell::new(None),
            retired: Cell::new(false),
        })
    }

    /// False for a while after it could not be connected to.
    pub(crate) fn seems_reachable(&self) -> bool {
        match self.failed_at.get() {
            None => true,
            Some(then) => self.shared.timers.coarse_now().duration_since(then) > AVOIDANCE,
        }
    }

    /// A connection left by an earlier request. The service may be closing it in this very moment; sending tells.
    pub(crate) fn take_idle(&self) -> Option<Box<H1>> {
        loop {
            let mut conn = self.idle.borrow_mut().pop()?.conn;
            if conn.is_idle() {
                return Some(conn);
            }
        }
    }

    /// Keeps a connection for the next request.
    pub(crate) fn give_back(&self, conn: Box<H1>) {
        let mut idle = self.idle.borrow_mut();
        if !self.retired.get() && idle.len() < self.shared.settings.max_idle {
            // The time is looked at once a second only; see `sweep`.
            idle.push(Idle { conn, since: self.shared.timers.coarse_now() });
        }
    }

    /// A new HTTP/1.1 connection.
    pub(crate) async fn open(&self) -> io::Result<Box<H1>> {
        Ok(Box::new(H1::new(self.connect().await?, self.shared.limits.head_bytes)))
    }

    async fn connect(&self) -> io::Result<super::connect::Stream> {
        let result = match timeout(self.shared.timeouts.connect, connect(self.addr, self.tls.as_ref())).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "connecting took too long")),
        };
        let counters = &self.shared.counters;
        counters.upstream_connects.add(1);
        self.failed_at.set(result.is_err().then(|| self.shared.timers.coarse_now()));
        if result.is_err() {
            counters.upstream_connect_failures.add(1);
        }
        result
    }

    /// The HTTP/2 connection, opened where there is none.
    pub(crate) async fn http2(&self) -> io::Result<H2> {
        if let Some(sender) = self.live_http2() {
            return Ok(sender);
        }
        let _turn = self.opening.lock().await;
        if let Some(sender) = self.live_http2() {
            return Ok(sender);
        }
        let stream = self.connect().await?;
        let sender = h2::handshake(stream).await.map_err(io::Error::other)?;
        *self.http2.borrow_mut() = Some(sender.clone());
        Ok(sender)
    }

    fn live_http2(&self) -> Option<H2> {
        self.http2.borrow().as_ref().filter(|sender| !sender.is_closed()).cloned()
    }

    /// Closes connections that were idle for too long, or that the service has closed.
    pub(crate) fn sweep(&self, now: Instant) {
        let keep = self.shared.settings.idle;
        self.idle.borrow_mut().retain_mut(|idle| now.duration_since(idle.since) < keep && idle.conn.is_idle());
        let mut http2 = self.http2.borrow_mut();
        if http2.as_ref().is_some_and(|sender| sender.is_closed()) {
            *http2 = None;
        }
    }

    /// The service no longer has this endpoint: idle connections close now, busy ones behind their request.
    pub(crate) fn retire(&self) {
        self.retired.set(true);
        self.idle.borrow_mut().clear();
        *self.http2.borrow_mut() = None;
    }
}

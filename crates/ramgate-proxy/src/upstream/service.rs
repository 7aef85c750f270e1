//! A service as one worker calls it: its endpoints, taken in turn.

use super::connect::Tls;
use super::endpoint::{Endpoint, Shared, Speaks};
use super::tls::client_config;
use crate::dns::{self, Resolver};
use ramgate_model::ServiceProtocol;
use ramgate_routing::{LiveAddress, LiveService};
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;

/// A service as one worker calls it.
pub(crate) struct ServiceState {
    pub(crate) live: Arc<LiveService>,
    /// The worker's snapshot in which `live` was last seen.
    pub(crate) epoch: Cell<u64>,
    /// The port to call, where it is not each address's own.
    pub(crate) port: Option<u16>,
    shared: Rc<Shared>,
    tls: Option<Arc<ClientConfig>>,
    /// TLS is asked for and its settings are unusable: no connection may be opened.
    closed: bool,
    names: Vec<(Arc<dns::Entry>, u16)>,
    /// The generation of each of `names` that `endpoints` was made from.
    seen: RefCell<Vec<u64>>,
    endpoints: RefCell<Vec<Rc<Endpoint>>>,
    turn: Cell<usize>,
}

impl ServiceState {
    /// Endpoints of `before` that are the same now keep their connections.
    pub(crate) fn new(
        live: &Arc<LiveService>,
        port: Option<u16>,
        epoch: u64,
        shared: &Rc<Shared>,
        resolver: &Resolver,
        before: Option<&Self>,
    ) -> Rc<Self> {
        let http2 = speaks(live) == Speaks::Http2;
        let tls = match (&live.tls, before) {
            (None, _) => Ok(None),
            // Same settings: sessions can be resumed, and connections kept.
            (Some(tls), Some(before)) if before.live.tls.as_ref() == Some(tls) && !before.closed => {
                Ok(before.tls.clone())
            }
            (Some(tls), _) => client_config(tls, http2).map(Some),
        };
        let (tls, closed) = match tls {
            Ok(tls) => (tls, false),
            Err(error) => {
                tracing::warn!(service_id = live.key.id(), error = %crate::error::chain(&error), "service is unusable");
                (None, true)
            }
        };
        let names = live.addresses.iter().filter_map(|address| match address {
            LiveAddress::Dns { host, port: own } => {
                Some((resolver.entry(host, &live.dns_servers), port.unwrap_or(*own)))
            }
            LiveAddress::Socket(_) => None,
        });
        let names: Vec<_> = names.collect();
        let state = Self {
            live: live.clone(),
            epoch: Cell::new(epoch),
            port,
            shared: shared.clone(),
            tls,
            closed,
            seen: RefCell::new(vec![u64::MAX; names.len()]),
            names,
            endpoints: RefCell::default(),
            turn: Cell::new(0),
        };
        let old = before.map(|before| std::mem::take(&mut *before.endpoints.borrow_mut())).unwrap_or_default();
        state.rebuild(old);
        Rc::new(state)
    }

    /// The next endpoint in turn; `None` where there is none (yet).
    pub(crate) fn next(&self) -> Option<Rc<Endpoint>> {
        if !self.names.is_empty() {
            let current =
                self.names.iter().zip(self.seen.borrow().iter()).all(|((e, _), seen)| e.generation() == *seen);
            if !current {
                let old = std::mem::take(&mut *self.endpoints.borrow_mut());
                self.rebuild(old);
            }
        }
        let endpoints = self.endpoints.borrow();
        let mut chosen = None;
        for _ in 0..endpoints.len() {
            let turn = self.turn.get();
            self.turn.set(turn.wrapping_add(1));
            chosen = endpoints.get(turn.checked_rem(endpoints.len())?);
            // Where none seems reachable, one of them is tried all the same.
            if chosen.is_some_and(|endpoint| endpoint.seems_reachable()) {
                break;
            }
        }
        chosen.cloned()
    }

    /// What is spoken to it.
    pub(crate) fn speaks(&self) -> Speaks {
        speaks(&self.live)
    }

    /// Number of endpoints at present.
    pub(crate) fn len(&self) -> usize {
        self.endpoints.borrow().len()
    }

    /// Waits until every host name has been resolved once, successfully or not.
    pub(crate) async fn resolved(&self) {
        for (entry, _) in &self.names {
            entry.first_result().await;
        }
    }

    /// Closes what is idle for too long.
    pub(crate) fn sweep(&self, now: tokio::time::Instant) {
        self.endpoints.borrow().iter().for_each(|endpoint| endpoint.sweep(now));
    }

    fn rebuild(&self, old: Vec<Rc<Endpoint>>) {
        let mut fresh: Vec<Rc<Endpoint>> = Vec::new();
        if !self.closed {
            let mut names = self.names.iter().enumerate();
            for address in &self.live.addresses {
                match address {
                    LiveAddress::Socket(socket) => {
                        let addr = SocketAddr::new(socket.ip(), self.port.unwrap_or(socket.port()));
                        self.push(&mut fresh, &old, addr, &addr.ip().to_string());
                    }
                    LiveAddress::Dns { host, .. } => {
                        let Some((i, (entry, port))) = names.next() else { continue };
                        let (generation, addresses) = entry.addresses();
                        if let Some(seen) = self.seen.borrow_mut().get_mut(i) {
                            *seen = generation;
                        }
                        for ip in addresses.iter() {
                            self.push(&mut fresh, &old, SocketAddr::new(*ip, *port), host);
                        }
                    }
                }
            }
        }
        for endpoint in &old {
            if !fresh.iter().any(|kept| Rc::ptr_eq(kept, endpoint)) {
                endpoint.retire();
            }
        }
        *self.endpoints.borrow_mut() = fresh;
    }

    fn push(&self, fresh: &mut Vec<Rc<Endpoint>>, old: &[Rc<Endpoint>], addr: SocketAddr, host: &str) {
        let speaks = speaks(&self.live);
        let tls = match (&self.tls, &self.live.tls) {
            (Some(config), Some(settings)) => {
                let name = settings.sni.as_deref().unwrap_or(host);
                match ServerName::try_from(name.to_owned()) {
                    Ok(name) => Some(Tls { config: config.clone(), name }),
                    Err(_) => {
                        tracing::warn!(service_id = self.live.key.id(), name, "not a name to ask for in TLS");
                        return;
                    }
                }
            }
            _ => None,
        };
        let same = |e: &&Rc<Endpoint>| {
            e.addr == addr
                && e.speaks == speaks
                && match (&e.tls, &tls) {
                    (None, None) => true,
                    (Some(a), Some(b)) => Arc::ptr_eq(&a.config, &b.config) && a.name == b.name,
                    _ => false,
                }
        };
        let endpoint = old.iter().find(same).cloned();
        fresh.push(endpoint.unwrap_or_else(|| Endpoint::new(addr, speaks, tls, self.shared.clone())));
    }
}

impl Drop for ServiceState {
    fn drop(&mut self) {
        self.endpoints.borrow().iter().for_each(|endpoint| endpoint.retire());
    }
}

fn speaks(service: &LiveService) -> Speaks {
    match service.protocol {
        ServiceProtocol::Http | ServiceProtocol::Https => Speaks::Http1,
        ServiceProtocol::Http2 | ServiceProtocol::Grpc => Speaks::Http2,
    }
}

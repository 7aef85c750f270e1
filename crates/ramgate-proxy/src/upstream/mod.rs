//! Connections to services, of one worker thread. Nothing here is shared between threads.

pub(crate) mod connect;
pub(crate) mod endpoint;
pub(crate) mod h1;
pub(crate) mod h2;
pub(crate) mod service;
pub(crate) mod tls;

use crate::dns::Resolver;
use endpoint::Shared;
use ramgate_routing::{ServiceKey, Snapshot};
use service::ServiceState;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

/// How often idle connections are looked through.
const SWEEP: Duration = Duration::from_secs(1);

/// The services that this worker has called.
pub(crate) struct Services {
    shared: Rc<Shared>,
    resolver: Resolver,
    states: RefCell<States>,
}

/// By service; a few where routes call it at several ports.
type States = HashMap<ServiceKey, Vec<Rc<ServiceState>>, Hashed>;

impl Services {
    pub(crate) fn new(shared: Shared, resolver: Resolver) -> Self {
        Self { shared: Rc::new(shared), resolver, states: RefCell::default() }
    }

    /// The service of `key`, as `snapshot` has it, called at `port`. `epoch` counts the snapshots that this worker has seen.
    pub(crate) fn get(
        &self,
        key: &ServiceKey,
        port: Option<u16>,
        snapshot: &Snapshot,
        epoch: u64,
    ) -> Option<Rc<ServiceState>> {
        let of_port = |states: &Vec<Rc<ServiceState>>| states.iter().find(|state| state.port == port).cloned();
        let before = self.states.borrow().get(key).and_then(of_port);
        if let Some(state) = &before
            && state.epoch.get() == epoch
        {
            return before;
        }
        let live = snapshot.service(key)?;
        if let Some(state) = &before
            && std::sync::Arc::ptr_eq(&state.live, live)
        {
            state.epoch.set(epoch);
            return before;
        }
        let state = ServiceState::new(live, port, epoch, &self.shared, &self.resolver, before.as_deref());
        let mut states = self.states.borrow_mut();
        let states = states.entry(key.clone()).or_default();
        states.retain(|state| state.port != port);
        states.push(state.clone());
        Some(state)
    }

    /// Sweeps idle connections and services that are gone, until dropped. `current` gives the present snapshot.
    pub(crate) async fn maintain(&self, current: impl Fn() -> (std::sync::Arc<Snapshot>, u64)) {
        loop {
            tokio::time::sleep(SWEEP).await;
            let (snapshot, epoch) = current();
            let now = tokio::time::Instant::now();
            self.states.borrow_mut().retain(|key, states| {
                let Some(live) = snapshot.service(key) else { return false };
                for state in states {
                    if std::sync::Arc::ptr_eq(live, &state.live) {
                        state.epoch.set(epoch);
                    }
                    // A service that has changed is replaced at its next use, which takes over its connections.
                    state.sweep(now);
                }
                true
            });
        }
    }
}

/// Service keys bring their hash along.
#[derive(Clone, Copy, Default)]
pub(crate) struct Hashed;

impl std::hash::BuildHasher for Hashed {
    type Hasher = Ready;

    fn build_hasher(&self) -> Ready {
        Ready(0)
    }
}

/// Passes a ready hash on.
pub(crate) struct Ready(u64);

impl std::hash::Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        // Not used by keys that bring their hash; right for any other all the same.
        for &byte in bytes {
            self.0 = (self.0.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }
}

//! TLS sites as they were before a change, to be compared with those after it: a route that is replaced by another of the same
//! domain, or a domain that keeps its name, must not look as if its site had gone in between.

use crate::change::{Effects, TlsChange};
use crate::domain::host_of_key;
use crate::key::{GatewayKey, Name};
use crate::snapshot::Snapshot;
use crate::tls::TlsSite;
use std::sync::Arc;

/// The sites that a change may touch, by gateway and host key.
#[derive(Default)]
pub(crate) struct Sites(Vec<(GatewayKey, Name, Option<Arc<TlsSite>>)>);

impl Sites {
    /// Notes the present site, unless it is noted already.
    pub(crate) fn remember(&mut self, snapshot: &Snapshot, gateway: &GatewayKey, key: &Name) {
        let known = self.0.iter().any(|(known_gateway, known, _)| known_gateway == gateway && known == key);
        if !known {
            self.0.push((gateway.clone(), Arc::clone(key), Self::now(snapshot, gateway, key)));
        }
    }

    /// Reports the sites that are others now.
    pub(crate) fn report(self, snapshot: &Snapshot, effects: &mut Effects) {
        for (gateway, key, before) in self.0 {
            if Self::now(snapshot, &gateway, &key) != before {
                effects.tls.push(TlsChange { gateway, host: host_of_key(&key).into() });
            }
        }
    }

    fn now(snapshot: &Snapshot, gateway: &GatewayKey, key: &str) -> Option<Arc<TlsSite>> {
        snapshot.table(gateway)?.site_at(key).cloned()
    }
}

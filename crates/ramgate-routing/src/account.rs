//! What changes need to know of an account and requests do not: its objects by id, and who uses whom.

use crate::domain::LiveDomain;
use crate::key::{GatewayKey, Map, Name, Pool, ServiceKey};
use crate::route::{LiveRoute, Place};
use crate::tls::Identity;
use imbl::OrdSet;
use ramgate_model::CertificateId;
use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// One account. Cloning shares everything.
#[derive(Clone, Default)]
pub(crate) struct Account {
    pub(crate) routes: Map<RouteById, ()>,
    pub(crate) domains: Map<Name, Arc<LiveDomain>>,
    pub(crate) certificates: Map<CertificateId, Arc<Identity>>,
    pub(crate) certificate_users: OrdSet<(CertificateId, CertificateUser)>,
    /// Gateways that have routes naming a domain, whether the domain is there or not.
    pub(crate) domain_users: OrdSet<(Name, GatewayKey)>,
    pub(crate) names: Pool<Name>,
    pub(crate) service_keys: Pool<ServiceKey>,
}

/// Who shows a certificate, or would.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CertificateUser {
    Domain(Name),
    Service(ServiceKey),
}

/// A route, found by its id.
#[derive(Clone)]
pub(crate) struct RouteById(pub(crate) Arc<LiveRoute>);

impl Borrow<str> for RouteById {
    fn borrow(&self) -> &str {
        &self.0.id
    }
}

impl Hash for RouteById {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl PartialEq for RouteById {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for RouteById {}

impl Account {
    pub(crate) fn is_empty(&self) -> bool {
        self.routes.is_empty()
            && self.domains.is_empty()
            && self.certificates.is_empty()
            && self.certificate_users.is_empty()
            && self.domain_users.is_empty()
            && self.names.is_empty()
            && self.service_keys.is_empty()
    }

    pub(crate) fn route(&self, id: &str) -> Option<Arc<LiveRoute>> {
        self.routes.get_key_value(id).map(|(route, ())| Arc::clone(&route.0))
    }

    pub(crate) fn identity(&self, id: CertificateId) -> Option<Arc<Identity>> {
        self.certificates.get(&id).cloned()
    }

    /// The domain, where it is there and for this gateway.
    pub(crate) fn domain_for(&self, id: &Name, gateway: &GatewayKey) -> Option<Arc<LiveDomain>> {
        self.domains.get(id).filter(|domain| domain.is_visible_to(gateway.id())).cloned()
    }

    pub(crate) fn users_of_certificate(&self, id: CertificateId) -> Vec<CertificateUser> {
        let from = (id, CertificateUser::Domain("".into()));
        let users = self.certificate_users.range(from..).take_while(|(used, _)| *used == id);
        users.map(|(_, user)| user.clone()).collect()
    }

    pub(crate) fn set_certificate_user(
        &mut self,
        old: Option<CertificateId>,
        new: Option<CertificateId>,
        user: &CertificateUser,
    ) {
        if old == new {
            return;
        }
        if let Some(old) = old {
            self.certificate_users.remove(&(old, user.clone()));
        }
        if let Some(new) = new {
            self.certificate_users.insert((new, user.clone()));
        }
    }

    pub(crate) fn gateways_naming_domain(&self, id: &Name) -> Vec<GatewayKey> {
        let from = (Arc::clone(id), GatewayKey::of("", ""));
        let users = self.domain_users.range(from..).take_while(|(named, _)| named == id);
        users.map(|(_, gateway)| gateway.clone()).collect()
    }

    /// Gives back the shared names of a route that is dropped.
    pub(crate) fn give_back_names(&mut self, route: &LiveRoute) {
        for place in &route.places {
            let (Place::Host(name) | Place::Domain(name)) = place;
            self.names.give_back(name);
        }
        if let Some(id) = &route.http_api_id {
            self.names.give_back(id);
        }
        for target in route.action.targets() {
            self.service_keys.give_back(&target.service);
        }
    }
}

//! The snapshot: all gateways, services and what connects them, changed one object at a time.
//!
//! Everything is persistent: a clone shares all of it, and a change copies the path to what it touches. References are by
//! id and are looked up when either side arrives, so that the order of changes does not matter: a snapshot depends on the
//! objects present alone.

use crate::account::{Account, CertificateUser, RouteById};
use crate::action::Action;
use crate::change::{
    Change, Effects, Kind, ListenerChange, Object, ObjectRef, OpenedCertificate, Problem, ServiceChange,
};
use crate::domain::{ANY_HOST, LiveDomain, host_key};
use crate::gateway::{GatewayInfo, GatewayTable};
use crate::key::{GatewayKey, Map, Name, ServiceKey};
use crate::route::{LiveRoute, Matcher, Place};
use crate::service::{LiveService, ServiceIdentity};
use crate::sites::Sites;
use crate::tls::Identity;
use ramgate_model::{AccountId, CertificateId, EntryPoint, Gateway, GatewayStatus, Route, RouteSpec, Service};
use std::sync::Arc;

/// All that the data plane serves. Cloning is O(1) and shares everything.
#[derive(Clone, Default)]
pub struct Snapshot {
    gateways: Map<GatewayKey, Arc<GatewayTable>>,
    services: Map<ServiceKey, Arc<LiveService>>,
    accounts: Map<AccountId, Arc<Account>>,
}

impl Snapshot {
    /// A snapshot that serves nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The snapshot after all of `changes`. Problems are those of [`Self::apply`]; call that where they matter.
    pub fn build(changes: impl IntoIterator<Item = Change>) -> Self {
        let mut snapshot = Self::empty();
        for change in changes {
            snapshot.apply(change);
        }
        snapshot
    }

    /// The tables of a gateway; `None` where the gateway does not exist or is being deleted.
    pub fn gateway(&self, key: &GatewayKey) -> Option<&Arc<GatewayTable>> {
        self.gateways.get(key).filter(|table| table.info().is_some())
    }

    /// A service; `None` where it does not exist.
    pub fn service(&self, key: &ServiceKey) -> Option<&Arc<LiveService>> {
        self.services.get(key)
    }

    /// All gateways that serve, in no particular order.
    pub fn gateways(&self) -> impl Iterator<Item = &Arc<GatewayTable>> {
        self.gateways.values().filter(|table| table.info().is_some())
    }

    /// All entry points to listen on, in no particular order.
    pub fn listeners(&self) -> impl Iterator<Item = (&GatewayKey, EntryPoint)> {
        self.gateways.values().filter_map(|table| Some((table.key(), table.info()?.entry)))
    }

    /// All services, in no particular order.
    pub fn services(&self) -> impl Iterator<Item = &Arc<LiveService>> {
        self.services.values()
    }

    /// The objects that are in it, in no particular order. Those that were put and make no difference to traffic, such as
    /// routes that are not published, are not among them.
    pub fn objects(&self) -> impl Iterator<Item = ObjectRef> {
        let reference = |account: &str, kind, id: &str| ObjectRef { account: account.into(), kind, id: id.to_owned() };
        let gateways = self.gateways().map(move |table| {
            let key = table.key();
            reference(key.account(), Kind::Gateway, key.id())
        });
        let services = self.services.keys().map(move |key| reference(key.account(), Kind::Service, key.id()));
        let others = self.accounts.iter().flat_map(move |(account, objects)| {
            let account = account.as_str();
            let routes = objects.routes.keys().map(move |route| reference(account, Kind::Route, &route.0.id));
            let domains = objects.domains.keys().map(move |id| reference(account, Kind::Domain, id));
            let certificates = objects.certificates.keys();
            let certificates = certificates.map(move |id| reference(account, Kind::Certificate, &id.to_string()));
            routes.chain(domains).chain(certificates)
        });
        gateways.chain(services).chain(others)
    }

    /// Applies one change at a cost of O(log n) in the number of objects, and says what it asks for outside. A change that
    /// makes no difference to traffic asks for nothing.
    pub fn apply(&mut self, change: Change) -> Effects {
        let mut effects = Effects::default();
        match change {
            Change::Put(Object::Gateway(account, gateway)) => self.put_gateway(&account, &gateway, &mut effects),
            Change::Put(Object::Environment(..)) => {}
            Change::Put(Object::Route(account, route)) => self.put_route(&account, &route, &mut effects),
            Change::Put(Object::Service(account, service)) => self.put_service(&account, &service, &mut effects),
            Change::Put(Object::Domain(account, domain)) => {
                let identity_of = |id| self.accounts.get(&account)?.identity(id);
                let new = LiveDomain::compile(&domain, identity_of);
                self.set_domain(&account, &Arc::clone(&new.id), Some(new), &mut effects);
            }
            Change::Put(Object::Certificate(account, opened)) => {
                let OpenedCertificate { certificate, key_pem } = opened;
                let identity =
                    Identity { certificate_id: certificate.id, chain_pem: certificate.chain_pem.into(), key_pem };
                self.set_certificate(&account, certificate.id, Some(Arc::new(identity)), &mut effects);
            }
            Change::Delete { account, kind, id } => match kind {
                Kind::Gateway => self.set_gateway(&GatewayKey::of(account.as_str(), &id), None, &mut effects),
                Kind::Environment => {}
                Kind::Route => self.set_route(&account, &id, None, &mut effects),
                Kind::Service => self.set_service(&account, &ServiceKey::of(account.as_str(), &id), None, &mut effects),
                Kind::Domain => self.set_domain(&account, &id.into(), None, &mut effects),
                Kind::Certificate => {
                    if let Ok(id) = id.parse() {
                        self.set_certificate(&account, CertificateId(id), None, &mut effects);
                    }
                }
            },
        }
        effects
    }

    fn put_gateway(&mut self, account: &AccountId, gateway: &Gateway, effects: &mut Effects) {
        // One that is being made listens already: it is running once its listeners are open.
        let serves = gateway.status != GatewayStatus::Deleting;
        let info = serves.then(|| Arc::new(GatewayInfo { name: gateway.name.as_str().into(), entry: gateway.entry }));
        self.set_gateway(&GatewayKey::new(account, &gateway.id), info, effects);
    }

    fn set_gateway(&mut self, key: &GatewayKey, info: Option<Arc<GatewayInfo>>, effects: &mut Effects) {
        let old = self.gateways.get(key).and_then(|table| table.info()).cloned();
        if old == info {
            return;
        }
        let entries = (old.map(|info| info.entry), info.as_ref().map(|info| info.entry));
        self.change_table(key, |table| table.set_info(info));
        if entries.0 == entries.1 {
            return;
        }
        let listeners = [
            entries.0.map(|entry| ListenerChange::Close { gateway: key.clone(), entry }),
            entries.1.map(|entry| ListenerChange::Open { gateway: key.clone(), entry }),
        ];
        effects.listeners.extend(listeners.into_iter().flatten());
    }

    fn put_service(&mut self, account: &AccountId, service: &Service, effects: &mut Effects) {
        let key = ServiceKey::new(account, &service.id);
        let identity_of = |id| self.accounts.get(account)?.identity(id);
        let (new, problems) = LiveService::compile(key.clone(), service, identity_of);
        let problem = |message| problem(Kind::Service, account, key.id(), message);
        effects.problems.extend(problems.into_iter().map(problem));
        self.set_service(account, &key, Some(new), effects);
    }

    fn set_service(&mut self, account: &AccountId, key: &ServiceKey, new: Option<LiveService>, effects: &mut Effects) {
        let old = self.services.get(key);
        if old.map(Arc::as_ref) == new.as_ref() {
            return;
        }
        let certificate_of = |service: Option<&LiveService>| service.and_then(LiveService::certificate_id);
        let certificates = (certificate_of(old.map(Arc::as_ref)), certificate_of(new.as_ref()));
        let was_there = old.is_some();
        effects.services.push(match new {
            Some(new) => {
                let new = Arc::new(new);
                self.services.insert(new.key.clone(), Arc::clone(&new));
                if was_there { ServiceChange::Changed(new) } else { ServiceChange::Added(new) }
            }
            None => {
                self.services.remove(key);
                ServiceChange::Removed(key.clone())
            }
        });
        let user = CertificateUser::Service(key.clone());
        self.change_account(account, |account| account.set_certificate_user(certificates.0, certificates.1, &user));
    }

    fn set_certificate(
        &mut self,
        account: &AccountId,
        id: CertificateId,
        new: Option<Arc<Identity>>,
        effects: &mut Effects,
    ) {
        if self.accounts.get(account).and_then(|account| account.identity(id)) == new {
            return;
        }
        let users = self.change_account(account, |account| {
            match &new {
                Some(identity) => account.certificates.insert(id, Arc::clone(identity)),
                None => account.certificates.remove(&id),
            };
            account.users_of_certificate(id)
        });
        for user in users {
            match user {
                CertificateUser::Domain(domain_id) => {
                    let domain = self.accounts.get(account).and_then(|account| account.domains.get(&domain_id));
                    let domain = domain.map(|domain| domain.with_identity(new.clone()));
                    self.set_domain(account, &domain_id, domain, effects);
                }
                CertificateUser::Service(key) => {
                    let mut service = self.services.get(&key).map(|service| LiveService::clone(service));
                    if let Some(tls) = service.as_mut().and_then(|service| service.tls.as_mut()) {
                        tls.identity = new.clone().map_or(ServiceIdentity::Missing(id), ServiceIdentity::Present);
                    }
                    self.set_service(account, &key, service, effects);
                }
            }
        }
    }

    fn set_domain(&mut self, account: &AccountId, id: &Name, new: Option<LiveDomain>, effects: &mut Effects) {
        let old = self.accounts.get(account).and_then(|account| account.domains.get(id)).cloned();
        if old.as_deref() == new.as_ref() {
            return;
        }
        let new = new.map(Arc::new);
        let certificate_of = |domain: Option<&Arc<LiveDomain>>| domain.and_then(|domain| domain.certificate_id);
        let certificates = (certificate_of(old.as_ref()), certificate_of(new.as_ref()));
        let mut gateways = self.change_account(account, |account| {
            match &new {
                Some(domain) => account.domains.insert(Arc::clone(id), Arc::clone(domain)),
                None => account.domains.remove(id),
            };
            let user = CertificateUser::Domain(Arc::clone(id));
            account.set_certificate_user(certificates.0, certificates.1, &user);
            account.gateways_naming_domain(id)
        });
        let own = [&old, &new].into_iter().flatten().filter_map(|domain| domain.gateway_id.as_deref());
        gateways.extend(own.map(|gateway_id| GatewayKey::of(account.as_str(), gateway_id)));
        gateways.sort();
        gateways.dedup();
        let mut sites = Sites::default();
        for gateway in &gateways {
            for domain in [&old, &new].into_iter().flatten() {
                sites.remember(self, gateway, &domain.key);
            }
            self.change_table(gateway, |table| table.replace_domain(id, old.as_ref(), new.as_ref()));
        }
        sites.report(self, effects);
    }

    fn put_route(&mut self, account: &AccountId, route: &Route, effects: &mut Effects) {
        let mut new = None;
        if let (Some(gateway_id), Some(spec)) = (&route.gateway_id, &route.published) {
            let gateway = GatewayKey::new(account, gateway_id);
            let gateway = self.gateways.get_key_value(&gateway).map_or(gateway.clone(), |(shared, _)| shared.clone());
            match Matcher::compile(spec) {
                Ok(matcher) => new = Some(self.compile_route(account, gateway, route, spec, matcher, effects)),
                Err(message) => effects.problems.push(problem(Kind::Route, account, route.id.as_str(), message)),
            }
        }
        self.set_route(account, route.id.as_str(), new, effects);
    }

    fn compile_route(
        &mut self,
        account_id: &AccountId,
        gateway: GatewayKey,
        route: &Route,
        spec: &RouteSpec,
        matcher: Matcher,
        effects: &mut Effects,
    ) -> LiveRoute {
        let Matcher { path, conditions, rank } = matcher;
        let mut places: Vec<Place> = spec.domain_ids.iter().map(|id| Place::Domain(id.as_str().into())).collect();
        places.extend(spec.hosts.iter().map(|host| Place::Host(host_key(host).into())));
        if places.is_empty() {
            places.push(Place::Host(ANY_HOST.into()));
        }
        places.sort();
        places.dedup();
        self.change_account(account_id, |account| {
            for place in &mut places {
                let (Place::Host(name) | Place::Domain(name)) = place;
                *name = account.names.take(Arc::clone(name));
            }
            let key_of = |id: &str| ServiceKey::of(account_id.as_str(), id);
            let (action, problem_of_action) = Action::compile(&spec.backend, |service| {
                account.service_keys.take(key_of(service.service_id.as_str()))
            });
            let report = |message| problem(Kind::Route, account_id, route.id.as_str(), message);
            effects.problems.extend(problem_of_action.map(report));
            LiveRoute {
                id: route.id.as_str().into(),
                name: route.name.as_str().into(),
                number: route.number,
                http_api_id: route.http_api_id.as_ref().map(|id| account.names.take(id.as_str().into())),
                gateway,
                action,
                created_at: route.created_at,
                rank,
                places: places.into(),
                path,
                conditions,
            }
        })
    }

    fn set_route(&mut self, account: &AccountId, id: &str, new: Option<LiveRoute>, effects: &mut Effects) {
        let old = self.accounts.get(account).and_then(|account| account.route(id));
        if old.as_deref() == new.as_ref() {
            if let Some(new) = &new {
                self.change_account(account, |account| account.give_back_names(new));
            }
            return;
        }
        let new = new.map(Arc::new);
        let mut sites = Sites::default();
        for route in [&old, &new].into_iter().flatten() {
            for place in &route.places {
                let Place::Domain(domain_id) = place else { continue };
                let domain = self.accounts.get(account).and_then(|a| a.domain_for(domain_id, &route.gateway));
                if let Some(domain) = domain {
                    sites.remember(self, &route.gateway, &domain.key);
                }
            }
        }
        if let Some(old) = &old {
            self.unplace(account, old);
        }
        if let Some(new) = &new {
            self.place(account, new);
        }
        sites.report(self, effects);
    }

    fn place(&mut self, account: &AccountId, route: &Arc<LiveRoute>) {
        let Self { gateways, accounts, .. } = self;
        let account = Arc::make_mut(accounts.entry(account.clone()).or_default());
        let table = gateways.entry(route.gateway.clone());
        let table = Arc::make_mut(table.or_insert_with(|| Arc::new(GatewayTable::new(route.gateway.clone()))));
        for place in &route.places {
            match place {
                Place::Host(key) => table.insert_at_host(key, route),
                Place::Domain(id) => {
                    let domain = account.domain_for(id, &route.gateway);
                    if table.insert_at_domain(id, domain.as_ref(), route) {
                        account.domain_users.insert((Arc::clone(id), route.gateway.clone()));
                    }
                }
            }
        }
        account.routes.insert(RouteById(Arc::clone(route)), ());
    }

    fn unplace(&mut self, account_id: &AccountId, route: &Arc<LiveRoute>) {
        let Self { gateways, accounts, .. } = self;
        let account = Arc::make_mut(accounts.entry(account_id.clone()).or_default());
        if let Some(table) = gateways.get_mut(&route.gateway) {
            let table = Arc::make_mut(table);
            for place in &route.places {
                match place {
                    Place::Host(key) => table.remove_at_host(key, route),
                    Place::Domain(id) => {
                        let domain = account.domain_for(id, &route.gateway);
                        if table.remove_at_domain(id, domain.as_ref(), route) {
                            account.domain_users.remove(&(Arc::clone(id), route.gateway.clone()));
                        }
                    }
                }
            }
            if table.is_empty() {
                gateways.remove(&route.gateway);
            }
        }
        account.routes.remove(route.id.as_ref());
        account.give_back_names(route);
        if account.is_empty() {
            accounts.remove(account_id);
        }
    }

    /// Changes the tables of a gateway, made where they are not there, and drops them where nothing is left.
    fn change_table(&mut self, key: &GatewayKey, change: impl FnOnce(&mut GatewayTable)) {
        let table = self.gateways.entry(key.clone()).or_insert_with(|| Arc::new(GatewayTable::new(key.clone())));
        let table = Arc::make_mut(table);
        change(table);
        if table.is_empty() {
            self.gateways.remove(key);
        }
    }

    /// Changes an account, made where it is not there, and drops it where nothing is left.
    fn change_account<T>(&mut self, id: &AccountId, change: impl FnOnce(&mut Account) -> T) -> T {
        let account = Arc::make_mut(self.accounts.entry(id.clone()).or_default());
        let result = change(account);
        if account.is_empty() {
            self.accounts.remove(id);
        }
        result
    }

    /// The tables of a gateway, whether it serves or not.
    pub(crate) fn table(&self, key: &GatewayKey) -> Option<&Arc<GatewayTable>> {
        self.gateways.get(key)
    }

    pub(crate) fn tables(&self) -> impl Iterator<Item = &Arc<GatewayTable>> {
        self.gateways.values()
    }

    pub(crate) fn accounts(&self) -> impl Iterator<Item = (&AccountId, &Arc<Account>)> {
        self.accounts.iter()
    }
}

fn problem(kind: Kind, account: &AccountId, id: &str, message: String) -> Problem {
    Problem { kind, account: account.clone(), id: id.to_owned(), message }
}

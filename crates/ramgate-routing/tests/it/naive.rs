//! The documented rules, written down once more as plainly as possible: every route of the gateway is tested, and the
//! matching ones are sorted. Shares no code with the crate.

use crate::fixture::Request;
use ramgate_model::*;
use ramgate_routing::{Change, Kind, Object};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All objects present, by account and id.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub gateways: BTreeMap<(String, String), Gateway>,
    pub routes: BTreeMap<(String, String), Route>,
    pub services: BTreeMap<(String, String), Service>,
    pub domains: BTreeMap<(String, String), Domain>,
    pub certificates: BTreeMap<(String, String), ramgate_routing::OpenedCertificate>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    NoGateway,
    NoRoute,
    ForceHttps,
    Route(String),
}

impl World {
    pub fn apply(&mut self, change: Change) {
        match change {
            Change::Put(Object::Gateway(a, o)) => drop(self.gateways.insert((a.0, o.id.0.clone()), o)),
            Change::Put(Object::Environment(..)) => {}
            Change::Put(Object::Route(a, o)) => drop(self.routes.insert((a.0, o.id.0.clone()), o)),
            Change::Put(Object::Service(a, o)) => drop(self.services.insert((a.0, o.id.0.clone()), o)),
            Change::Put(Object::Domain(a, o)) => drop(self.domains.insert((a.0, o.id.0.clone()), o)),
            Change::Put(Object::Certificate(a, o)) => {
                self.certificates.insert((a.0, o.certificate.id.to_string()), o);
            }
            Change::Delete { account, kind, id } => {
                let key = (account.0, id);
                match kind {
                    Kind::Gateway => drop(self.gateways.remove(&key)),
                    Kind::Environment => {}
                    Kind::Route => drop(self.routes.remove(&key)),
                    Kind::Service => drop(self.services.remove(&key)),
                    Kind::Domain => drop(self.domains.remove(&key)),
                    Kind::Certificate => drop(self.certificates.remove(&key)),
                }
            }
        }
    }

    /// The changes that lead from nothing to here.
    pub fn changes(&self) -> Vec<Change> {
        let account = |key: &(String, String)| AccountId(key.0.clone());
        let gateways = self.gateways.iter().map(|(key, o)| Object::Gateway(account(key), o.clone()));
        let routes = self.routes.iter().map(|(key, o)| Object::Route(account(key), o.clone()));
        let services = self.services.iter().map(|(key, o)| Object::Service(account(key), o.clone()));
        let domains = self.domains.iter().map(|(key, o)| Object::Domain(account(key), o.clone()));
        let certificates = self.certificates.iter().map(|(key, o)| Object::Certificate(account(key), o.clone()));
        gateways.chain(routes).chain(services).chain(domains).chain(certificates).map(Change::Put).collect()
    }

    pub fn serves(&self, account: &str, gateway: &str) -> bool {
        let key = (account.to_owned(), gateway.to_owned());
        self.gateways.get(&key).is_some_and(|gateway| gateway.status != GatewayStatus::Deleting)
    }

    pub fn select(&self, account: &str, gateway: &str, request: &Request) -> Answer {
        if !self.serves(account, gateway) {
            return Answer::NoGateway;
        }
        let effective = self.site(account, gateway, &request.host).map(|(id, _)| id);
        for level in levels(&request.host) {
            let forced =
                |d: &&Domain| d.protocol == DomainProtocol::Https && (d.force_https || !d.client_ca_pem.is_empty());
            if !request.secure && self.domains_at(account, gateway, &level).iter().any(forced) {
                return Answer::ForceHttps;
            }
            // The settings of the host are not those of this level, and those of this level are stricter.
            let site = self.site_at(account, gateway, &level);
            if site.is_some_and(|site| !site.client_ca_pem.is_empty() && Some(&site.id.0) != effective.as_ref()) {
                continue;
            }
            let mut matching: Vec<_> = self
                .live_routes(account, gateway)
                .filter(|(_, spec)| self.names_of(account, gateway, spec).contains(&level))
                .filter(|(_, spec)| matches(&spec.matches, request))
                .collect();
            matching.sort_by_key(|(route, spec)| {
                let conditions = (Reverse(spec.matches.headers.len()), Reverse(spec.matches.queries.len()));
                let path = &spec.matches.path;
                let kind = [TextMatch::Exact, TextMatch::Prefix, TextMatch::Regex].iter().position(|k| *k == path.kind);
                let length = Reverse(path.value.len());
                let any_method = spec.matches.methods.is_empty();
                (spec.order, kind, length, conditions, any_method, route.created_at, route.id.clone())
            });
            if let Some((route, _)) = matching.first() {
                return Answer::Route(route.id.0.clone());
            }
        }
        Answer::NoRoute
    }

    /// The domain whose TLS settings hold for `host`, and whether its certificate is there.
    pub fn site(&self, account: &str, gateway: &str, host: &str) -> Option<(String, bool)> {
        let domain = levels(host).into_iter().find_map(|level| self.site_at(account, gateway, &level))?;
        let certificate = domain.certificate_id.map(|id| (account.to_owned(), id.to_string()));
        let there = certificate.is_some_and(|key| self.certificates.contains_key(&key));
        Some((domain.id.0.clone(), there))
    }

    fn site_at(&self, account: &str, gateway: &str, level: &str) -> Option<&Domain> {
        let mut domains = self.domains_at(account, gateway, level);
        domains.retain(|domain| domain.protocol == DomainProtocol::Https);
        domains.sort_by_key(|domain| {
            let open = domain.client_ca_pem.is_empty();
            (open, domain.gateway_id.is_none(), domain.created_at, domain.id.clone())
        });
        domains.first().copied()
    }

    fn live_routes<'a>(
        &'a self,
        account: &'a str,
        gateway: &'a str,
    ) -> impl Iterator<Item = (&'a Route, &'a RouteSpec)> {
        self.routes.iter().filter_map(move |((owner, _), route)| {
            let here = owner == account && route.gateway_id.as_ref().is_some_and(|id| id.as_str() == gateway);
            here.then_some((route, &**route.published.as_ref()?))
        })
    }

    fn domain_for(&self, account: &str, gateway: &str, id: &DomainId) -> Option<&Domain> {
        let domain = self.domains.get(&(account.to_owned(), id.0.clone()))?;
        domain.gateway_id.as_ref().is_none_or(|own| own.as_str() == gateway).then_some(domain)
    }

    fn names_of(&self, account: &str, gateway: &str, spec: &RouteSpec) -> Vec<String> {
        if spec.domain_ids.is_empty() && spec.hosts.is_empty() {
            return vec!["*".to_owned()];
        }
        let domains = spec.domain_ids.iter().filter_map(|id| self.domain_for(account, gateway, id));
        domains.map(|domain| domain.name.clone()).chain(spec.hosts.iter().cloned()).collect()
    }

    /// The domains of this name that take part on the gateway.
    fn domains_at(&self, account: &str, gateway: &str, name: &str) -> Vec<&Domain> {
        let named =
            |domain: &Domain| self.live_routes(account, gateway).any(|(_, spec)| spec.domain_ids.contains(&domain.id));
        let of_account = self.domains.iter().filter(|((owner, _), _)| owner == account).map(|(_, domain)| domain);
        of_account
            .filter(|domain| domain.name == name)
            .filter(|domain| match &domain.gateway_id {
                Some(own) => own.as_str() == gateway,
                None => named(domain),
            })
            .collect()
    }
}

/// The names under which a host is looked for, best first.
fn levels(host: &str) -> Vec<String> {
    let host = host.to_lowercase();
    let host = host.strip_suffix('.').unwrap_or(&host);
    let mut levels = vec![host.to_owned()];
    for (at, _) in host.match_indices('.') {
        if at > 0 {
            levels.push(format!("*{}", &host[at..]));
        }
    }
    levels.push("*".to_owned());
    levels
}

fn matches(conditions: &RouteMatch, request: &Request) -> bool {
    let path = reserved_decoded(&request.path);
    let rule = &conditions.path;
    let (value, subject) = match rule.ignore_case && rule.kind != TextMatch::Regex {
        true => (rule.value.to_lowercase(), path.to_lowercase()),
        false => (rule.value.clone(), path),
    };
    let method = request.method.as_str();
    text_matches(rule.kind, &value, &subject, rule.ignore_case)
        && (conditions.methods.is_empty() || conditions.methods.iter().any(|name| name == method))
        && conditions.headers.iter().all(|condition| {
            let values = request.headers.iter().filter(|(name, _)| name.as_str() == condition.key.to_lowercase());
            let mut values = values.map(|(_, value)| value.to_str().unwrap());
            values.any(|value| text_matches(condition.kind, &condition.value, value, false))
        })
        && conditions.queries.iter().all(|condition| {
            let pairs = request.query.split('&').filter(|pair| !pair.is_empty());
            let mut pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            pairs.any(|(key, value)| {
                form_decoded(key) == condition.key
                    && text_matches(condition.kind, &condition.value, &form_decoded(value), false)
            })
        })
}

fn text_matches(kind: TextMatch, rule: &str, text: &str, ignore_case: bool) -> bool {
    match kind {
        TextMatch::Exact => text == rule,
        TextMatch::Prefix => text.starts_with(rule),
        TextMatch::Regex => expression(rule, ignore_case).is_match(text),
    }
}

fn expression(rule: &str, ignore_case: bool) -> regex::Regex {
    thread_local! {
        static COMPILED: RefCell<BTreeMap<(String, bool), regex::Regex>> = RefCell::default();
    }
    let compile = || {
        let whole = format!("^(?:{rule})$");
        regex::RegexBuilder::new(&whole).case_insensitive(ignore_case).build().unwrap()
    };
    COMPILED.with_borrow_mut(|compiled| compiled.entry((rule.to_owned(), ignore_case)).or_insert_with(compile).clone())
}

/// The only reserved escapes that the tests' paths hold.
fn reserved_decoded(path: &str) -> String {
    path.replace("%24", "$").replace("%3A", ":")
}

/// The only escapes that the tests' queries hold.
fn form_decoded(text: &str) -> String {
    text.replace('+', " ").replace("%20", " ").replace("%61", "a")
}

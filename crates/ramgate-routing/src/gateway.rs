//! One gateway: hosts, and within each host routes. This is what requests read.

use crate::domain::{ANY_HOST, LiveDomain, host_of_key};
use crate::host::{HostEntry, RouteTable};
use crate::key::{GatewayKey, Map, Name};
use crate::path::with_match_form;
use crate::route::LiveRoute;
use crate::tls::TlsSite;
use crate::view::{RequestView, Selection};
use ramgate_model::EntryPoint;
use std::sync::Arc;

/// The tables of one gateway. Cloning shares everything.
#[derive(Clone, Debug)]
pub struct GatewayTable {
    key: GatewayKey,
    /// `None` until the gateway itself has arrived.
    info: Option<Arc<GatewayInfo>>,
    /// By `host_key`.
    hosts: Map<Name, Arc<HostEntry>>,
    /// How many keys of `hosts` are wildcards other than `*`.
    n_wildcards: u32,
    /// Routes whose domain has not arrived, or is not for this gateway, by domain id.
    waiting: Map<Name, RouteTable>,
}

/// What the gateway itself says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GatewayInfo {
    pub(crate) name: Name,
    pub(crate) entry: EntryPoint,
}

impl GatewayTable {
    /// Account and id.
    pub fn key(&self) -> &GatewayKey {
        &self.key
    }

    /// The name, for logs.
    pub fn name(&self) -> &str {
        self.info.as_ref().map_or("", |info| &info.name)
    }

    /// Chooses what happens to a request.
    ///
    /// Routes of all HTTP APIs of the gateway compete. The host decides first: its exact name, then wildcards from the
    /// longest to the shortest, then `*`; a level without a matching route gives way to the next. A level whose domain
    /// demands HTTPS, by itself or because it asks for client certificates, answers [`Selection::ForceHttps`] to plain
    /// requests before any of its routes is looked at. Among the matching routes of a level, in this order: smaller `order`;
    /// exact path, then prefix, then expression; longer path; more header conditions; more query conditions; methods
    /// restricted; earlier creation; smaller id.
    ///
    /// A level that asks for client certificates is passed over where another level's TLS settings hold for the host:
    /// `y.a.com`, served without client certificates, is no way around those that `*.a.com` asks for. For TLS requests call
    /// [`Self::is_misdirected`] first.
    ///
    /// Allocates nothing unless the path is longer than 256 bytes and holds escapes, a long query value with escapes meets an
    /// expression, or an expression is too large for an automaton.
    pub fn select<'s>(&'s self, request: &RequestView<'_>) -> Selection<'s> {
        let mut effective_site = None;
        let mut at_level = |level: &'s HostEntry, path: &[u8]| {
            if level.force_https() && !request.secure {
                return Some(Selection::ForceHttps);
            }
            if let Some(site) = level.site() {
                let effective = *effective_site.get_or_insert(site);
                if site.requires_client_certificate() && site.domain_id != effective.domain_id {
                    return None;
                }
            }
            level.select(request, path).map(Selection::Route)
        };
        let selection = with_match_form(request.path, |path| self.first_level(request.host, |l| at_level(l, path)));
        selection.unwrap_or(Selection::NoRoute)
    }

    /// The TLS site for a handshake: that of the exact name, else of the longest wildcard, else of `*`. `None` refuses the
    /// handshake: nobody serves that name over TLS, or its certificate is missing. Clients that name no host get `*`.
    pub fn tls_site<'s>(&'s self, sni: Option<&str>) -> Option<&'s Arc<TlsSite>> {
        self.tls_site_for_host(sni.unwrap_or_default()).filter(|site| site.identity.is_some())
    }

    /// The TLS site whose settings hold for requests to `host` (without port), with or without a certificate.
    pub fn tls_site_for_host<'s>(&'s self, host: &str) -> Option<&'s Arc<TlsSite>> {
        self.first_level(host, HostEntry::site)
    }

    /// Must a request to `host` be refused with 421 on a connection that was set up for `connection`? So it is where the
    /// host demands client certificates that this connection was not asked for.
    pub fn is_misdirected(&self, connection: &TlsSite, host: &str) -> bool {
        self.tls_site_for_host(host).is_some_and(|site| {
            site.requires_client_certificate()
                && (site.domain_id != connection.domain_id || site.client_ca_pem != connection.client_ca_pem)
        })
    }

    /// All TLS sites in effect, one for each host name at most, in no particular order.
    pub fn tls_sites(&self) -> impl Iterator<Item = &Arc<TlsSite>> {
        self.hosts.values().filter_map(|entry| entry.site())
    }

    /// The first answer of the entries for a host: its exact name, wildcards from the longest to the shortest, `*`.
    fn first_level<'s, T>(&'s self, host: &str, mut ask: impl FnMut(&'s HostEntry) -> Option<T>) -> Option<T> {
        let mut ask_key = |key: &str| self.hosts.get(key).and_then(|entry| ask(entry));
        with_lower_case(host, |host| {
            // What begins with a dot is the key of a wildcard and no host.
            if !host.is_empty() && !host.starts_with('.') {
                if let Some(answer) = ask_key(host) {
                    return Some(answer);
                }
                if self.n_wildcards > 0 {
                    let dots = memchr::memchr_iter(b'.', host.as_bytes());
                    let answer = dots.filter_map(|dot| host.get(dot..)).find_map(&mut ask_key);
                    if answer.is_some() {
                        return answer;
                    }
                }
            }
            ask_key(ANY_HOST)
        })
    }
}

/// Changes; called by the snapshot alone.
impl GatewayTable {
    pub(crate) fn new(key: GatewayKey) -> Self {
        Self { key, info: None, hosts: Map::default(), n_wildcards: 0, waiting: Map::default() }
    }

    pub(crate) fn info(&self) -> Option<&Arc<GatewayInfo>> {
        self.info.as_ref()
    }

    pub(crate) fn set_info(&mut self, info: Option<Arc<GatewayInfo>>) {
        self.info = info;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.info.is_none() && self.hosts.is_empty() && self.waiting.is_empty()
    }

    /// The site that is in effect for exactly this host key.
    pub(crate) fn site_at(&self, key: &str) -> Option<&Arc<TlsSite>> {
        self.hosts.get(key)?.site()
    }

    pub(crate) fn insert_at_host(&mut self, key: &Name, route: &Arc<LiveRoute>) {
        self.entry(key).source(None).routes.insert(route);
    }

    pub(crate) fn remove_at_host(&mut self, key: &Name, route: &Arc<LiveRoute>) {
        self.change_entry(key, |entry| {
            let source = entry.source(None);
            source.routes.remove(route);
            if source.routes.is_empty() {
                entry.take_source(None);
            }
        });
    }

    /// Adds a route that names this domain; `domain` is given where it is there and for this gateway. True where it is the
    /// first one.
    pub(crate) fn insert_at_domain(
        &mut self,
        id: &Name,
        domain: Option<&Arc<LiveDomain>>,
        route: &Arc<LiveRoute>,
    ) -> bool {
        let routes = match domain {
            Some(domain) => &mut self.entry(&domain.key).source(Some(domain)).routes,
            None => self.waiting.entry(Arc::clone(id)).or_default(),
        };
        let first = routes.is_empty();
        routes.insert(route);
        first
    }

    /// Takes out what [`Self::insert_at_domain`] put in. True where it was the last one.
    pub(crate) fn remove_at_domain(
        &mut self,
        id: &Name,
        domain: Option<&Arc<LiveDomain>>,
        route: &Arc<LiveRoute>,
    ) -> bool {
        let mut last = false;
        match domain {
            Some(domain) => {
                let stays = domain.belongs_to(self.key.id());
                self.change_entry(&domain.key, |entry| {
                    let source = entry.source(Some(domain));
                    source.routes.remove(route);
                    last = source.routes.is_empty();
                    if last && !stays {
                        entry.take_source(Some(id));
                    }
                });
            }
            None => {
                if let Some(routes) = self.waiting.get_mut(id) {
                    routes.remove(route);
                    last = routes.is_empty();
                }
                if last {
                    self.waiting.remove(id);
                }
            }
        }
        last
    }

    /// Moves the routes of a domain from where they are while it looks like `old` to where they belong once it looks like
    /// `new`.
    pub(crate) fn replace_domain(&mut self, id: &Name, old: Option<&Arc<LiveDomain>>, new: Option<&Arc<LiveDomain>>) {
        let gateway = self.key.clone();
        let visible = |domain: &&Arc<LiveDomain>| domain.is_visible_to(gateway.id());
        let routes = match old.filter(visible) {
            Some(old) => {
                let mut source = None;
                self.change_entry(&old.key, |entry| source = entry.take_source(Some(id)));
                source.map(|source| source.routes).unwrap_or_default()
            }
            None => self.waiting.remove(id).unwrap_or_default(),
        };
        match new.filter(visible) {
            Some(new) if !routes.is_empty() || new.belongs_to(gateway.id()) => {
                self.entry(&new.key).source(Some(new)).routes = routes;
            }
            _ if routes.is_empty() => {}
            _ => {
                self.waiting.insert(Arc::clone(id), routes);
            }
        }
    }

    fn entry(&mut self, key: &Name) -> &mut HostEntry {
        if !self.hosts.contains_key(key) {
            self.n_wildcards += u32::from(key.starts_with('.'));
        }
        Arc::make_mut(self.hosts.entry(Arc::clone(key)).or_default())
    }

    /// Changes the entry of a host, and drops it where nothing is left.
    fn change_entry(&mut self, key: &Name, change: impl FnOnce(&mut HostEntry)) {
        let Some(entry) = self.hosts.get_mut(key) else { return };
        let entry = Arc::make_mut(entry);
        change(entry);
        if entry.is_empty() {
            self.hosts.remove(key);
            self.n_wildcards -= u32::from(key.starts_with('.'));
        }
    }

    pub(crate) fn n_wildcards(&self) -> u32 {
        self.n_wildcards
    }

    pub(crate) fn hosts(&self) -> impl Iterator<Item = (String, &HostEntry)> {
        self.hosts.iter().map(|(key, entry)| (host_of_key(key), entry.as_ref()))
    }

    pub(crate) fn waiting(&self) -> impl Iterator<Item = (&Name, &RouteTable)> {
        self.waiting.iter()
    }
}

/// Calls `f` with a host in lower case and without the dot at its end.
fn with_lower_case<T>(host: &str, f: impl FnOnce(&str) -> T) -> T {
    let host = host.strip_suffix('.').unwrap_or(host);
    if !host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return f(host);
    }
    // Longer names exist nowhere (RFC 1035 allows 255 bytes), so they match `*` alone.
    let mut room = [0; 256];
    let Some(room) = room.get_mut(..host.len()) else { return f("") };
    room.copy_from_slice(host.as_bytes());
    room.make_ascii_lowercase();
    // Only ASCII letters have changed, so that it is UTF-8 still.
    f(std::str::from_utf8(room).unwrap_or_default())
}

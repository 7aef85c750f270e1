//! What a gateway serves under one host name: routes, the redirect to HTTPS, the TLS site.

use crate::domain::LiveDomain;
use crate::ranked::Ranked;
use crate::route::LiveRoute;
use crate::tls::TlsSite;
use crate::trie::Trie;
use crate::view::RequestView;
use ramgate_model::TextMatch;
use std::sync::Arc;

/// Routes by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct RouteTable {
    exact_case: Trie,
    any_case: Trie,
}

/// How many keys along a path are remembered before they are weighed. Only speed depends on it.
const REMEMBERED: usize = 8;

impl RouteTable {
    pub(crate) fn is_empty(&self) -> bool {
        self.exact_case.is_empty() && self.any_case.is_empty()
    }

    pub(crate) fn insert(&mut self, route: &Arc<LiveRoute>) {
        self.trie_of(route).insert(route.path.key(), Arc::clone(route));
    }

    pub(crate) fn remove(&mut self, route: &Arc<LiveRoute>) {
        self.trie_of(route).remove(route.path.key(), route);
    }

    fn trie_of(&mut self, route: &LiveRoute) -> &mut Trie {
        if route.path.ignore_case { &mut self.any_case } else { &mut self.exact_case }
    }

    /// Finds the best route that matches; `best` is what was found elsewhere at the same domain level.
    fn select<'a>(&'a self, request: &RequestView<'_>, path: &[u8], best: &mut Option<&'a Arc<LiveRoute>>) {
        if !self.exact_case.is_empty() {
            Self::select_in::<false>(&self.exact_case, request, path, best);
        }
        if !self.any_case.is_empty() {
            Self::select_in::<true>(&self.any_case, request, path, best);
        }
    }

    fn select_in<'a, const FOLD: bool>(
        trie: &'a Trie,
        request: &RequestView<'_>,
        path: &[u8],
        best: &mut Option<&'a Arc<LiveRoute>>,
    ) {
        let mut keys: [Option<(&'a Ranked, bool)>; REMEMBERED] = [None; REMEMBERED];
        let mut len = 0;
        trie.walk::<FOLD>(path, |routes, is_whole| {
            if len == REMEMBERED {
                weigh(&keys, request, path, best);
                len = 0;
            }
            if let Some(slot) = keys.get_mut(len) {
                *slot = Some((routes, is_whole));
                len += 1;
            }
        });
        weigh(keys.get(..len).unwrap_or_default(), request, path, best);
    }

    pub(crate) fn for_each(&self, mut f: impl FnMut(&[u8], &Ranked)) {
        self.exact_case.for_each(&mut f);
        self.any_case.for_each(&mut f);
    }
}

/// Improves `best` by the routes of these keys. The longest key comes first, and expressions last: the likely winner is
/// found early and spares most other tests. The result does not depend on that.
fn weigh<'a>(
    keys: &[Option<(&'a Ranked, bool)>],
    request: &RequestView<'_>,
    path: &[u8],
    best: &mut Option<&'a Arc<LiveRoute>>,
) {
    let mut saw_expression = false;
    for (routes, is_whole) in keys.iter().rev().flatten() {
        routes.consider(request, best, &mut |route| match route.path.kind {
            TextMatch::Exact => *is_whole,
            TextMatch::Prefix => true,
            TextMatch::Regex => {
                saw_expression = true;
                false
            }
        });
    }
    if saw_expression {
        for (routes, _) in keys.iter().rev().flatten() {
            routes.consider(request, best, &mut |route| route.path.expression_matches(path));
        }
    }
}

/// All that is served under one host name.
#[derive(Clone, Debug, Default)]
pub(crate) struct HostEntry {
    /// By domain id; routes that give the name itself come first.
    sources: Box<[HostSource]>,
    force_https: bool,
    site: Option<Arc<TlsSite>>,
}

/// Routes that came to a host name in one way. As a rule a name has one source.
#[derive(Clone, Debug, Default)]
pub(crate) struct HostSource {
    /// The domain whose name it is; `None` for routes that give the name itself.
    pub(crate) domain: Option<Arc<LiveDomain>>,
    pub(crate) routes: RouteTable,
}

impl HostSource {
    fn domain_id(&self) -> Option<&str> {
        self.domain.as_ref().map(|domain| domain.id.as_ref())
    }
}

impl HostEntry {
    pub(crate) fn force_https(&self) -> bool {
        self.force_https
    }

    pub(crate) fn site(&self) -> Option<&Arc<TlsSite>> {
        self.site.as_ref()
    }

    pub(crate) fn sources(&self) -> &[HostSource] {
        &self.sources
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    pub(crate) fn select<'s>(&'s self, request: &RequestView<'_>, path: &[u8]) -> Option<&'s Arc<LiveRoute>> {
        let mut best = None;
        for source in &self.sources {
            source.routes.select(request, path, &mut best);
        }
        best
    }

    /// The source of this domain, made where it is not there.
    pub(crate) fn source(&mut self, domain: Option<&Arc<LiveDomain>>) -> &mut HostSource {
        let at = match self.position(domain.map(|domain| domain.id.as_ref())) {
            Ok(at) => at,
            Err(at) => {
                let mut sources = std::mem::take(&mut self.sources).into_vec();
                sources.insert(at, HostSource { domain: domain.cloned(), routes: RouteTable::default() });
                self.sources = sources.into();
                self.derive_settings();
                at
            }
        };
        &mut self.sources[at]
    }

    /// Takes the source of this domain out.
    pub(crate) fn take_source(&mut self, domain_id: Option<&str>) -> Option<HostSource> {
        let at = self.position(domain_id).ok()?;
        let mut sources = std::mem::take(&mut self.sources).into_vec();
        let source = sources.remove(at);
        self.sources = sources.into();
        self.derive_settings();
        Some(source)
    }

    fn position(&self, domain_id: Option<&str>) -> Result<usize, usize> {
        self.sources.binary_search_by(|source| source.domain_id().cmp(&domain_id))
    }

    /// INVARIANT: `force_https` and `site` follow from the domains in `sources`.
    fn derive_settings(&mut self) {
        let domains = || self.sources.iter().filter_map(|source| source.domain.as_ref());
        let force_https = domains().any(|domain| domain.force_https);
        let with_site = domains().filter(|domain| domain.site.is_some());
        let site = with_site.min_by(|a, b| a.site_precedence(b)).and_then(|domain| domain.site.clone());
        (self.force_https, self.site) = (force_https, site);
    }
}

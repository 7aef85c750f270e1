//! Routes that share a place in the trie: by priority, and where there are many also by the conditions that tell them
//! apart.
//!
//! Thousands of routes on one path, each for another value of a header (tenants, release tracks), would otherwise be tested
//! one by one. From [`INDEX_FROM`] routes on they are split by their first exact condition on a header or query parameter;
//! those that share it, if they are many still, by the second, and so on. A request then looks up the values it holds.

use crate::condition::{Conditions, ValueTest};
use crate::key::Map;
use crate::query;
use crate::route::LiveRoute;
use crate::view::RequestView;
use http::HeaderName;
use http::header::HOST;
use imbl::OrdSet;
use std::cmp::Ordering;
use std::sync::Arc;

/// From this many routes on the list becomes an index.
const INDEX_FROM: usize = 17;
/// By how many conditions routes are split at most.
const MAX_DEPTH: usize = 16;

/// Routes at one place. Its shape follows from the routes present.
#[derive(Clone, Debug, Default)]
pub(crate) enum Ranked {
    #[default]
    None,
    One(Arc<LiveRoute>),
    /// 2 to `INDEX_FROM - 1` routes, best first.
    Few(Box<[Arc<LiveRoute>]>),
    /// `INDEX_FROM` routes or more.
    Many(Box<Index>),
}

/// Many routes, split by their exact condition number `depth`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    len: usize,
    /// Those that have no such condition.
    others: OrdSet<ByPriority>,
    by_header: Map<HeaderName, ByValue>,
    by_query: Map<Arc<[u8]>, ByValue>,
}

type ByValue = Map<Arc<[u8]>, Ranked>;

/// A route, ordered by priority.
#[derive(Clone, Debug)]
pub(crate) struct ByPriority(Arc<LiveRoute>);

impl Ord for ByPriority {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.priority(&other.0)
    }
}

impl PartialOrd for ByPriority {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByPriority {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for ByPriority {}

impl Ranked {
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    pub(crate) fn insert(&mut self, route: Arc<LiveRoute>) {
        self.insert_at(0, route);
    }

    /// Removes a route, which must be the one that was inserted.
    pub(crate) fn remove(&mut self, route: &Arc<LiveRoute>) {
        self.remove_at(0, route);
    }

    /// Best first.
    fn to_vec(&self) -> Vec<&Arc<LiveRoute>> {
        let mut routes = Vec::new();
        self.collect(&mut routes);
        routes.sort_by(|a, b| a.priority(b));
        routes
    }

    /// All routes and how they are split, for [`Snapshot::dump`](crate::Snapshot::dump).
    pub(crate) fn describe(&self, line_of: &impl Fn(&LiveRoute) -> String) -> String {
        let list = |routes: &mut dyn Iterator<Item = &Arc<LiveRoute>>| {
            let lines: Vec<_> = routes.map(|route| line_of(route)).collect();
            lines.join(" ")
        };
        match self {
            Self::None => String::new(),
            Self::One(route) => line_of(route),
            Self::Few(routes) => format!("few({})", list(&mut routes.iter())),
            Self::Many(index) => {
                let others = list(&mut index.others.iter().map(|entry| &entry.0));
                let by_header = index.by_header.iter().map(|(name, values)| (format!("{name}"), values));
                let by_query = index.by_query.iter().map(|(key, values)| (format!("?{}", key.escape_ascii()), values));
                let mut splits: Vec<_> = by_header
                    .chain(by_query)
                    .flat_map(|(name, values)| {
                        let describe = move |(value, routes): (&Arc<[u8]>, &Self)| {
                            format!("{name}={}: {}", value.escape_ascii(), routes.describe(line_of))
                        };
                        values.iter().map(describe)
                    })
                    .collect();
                splits.sort();
                format!("{} routes({others} | {})", index.len, splits.join("; "))
            }
        }
    }

    /// Improves `best` by the best route for which `path_matches` and whose other conditions hold.
    pub(crate) fn consider<'a>(
        &'a self,
        request: &RequestView<'_>,
        best: &mut Option<&'a Arc<LiveRoute>>,
        path_matches: &mut impl FnMut(&LiveRoute) -> bool,
    ) {
        match self {
            Self::None => {}
            Self::One(route) => consider_list(std::iter::once(route), request, best, path_matches),
            Self::Few(routes) => consider_list(routes.iter(), request, best, path_matches),
            Self::Many(index) => index.consider(request, best, path_matches),
        }
    }

    fn insert_at(&mut self, depth: usize, route: Arc<LiveRoute>) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(route),
            Self::One(old) if old.outranks(&route) => Self::Few([old, route].into()),
            Self::One(old) => Self::Few([route, old].into()),
            Self::Few(routes) if routes.len() + 1 < INDEX_FROM => {
                let at = routes.partition_point(|other| other.outranks(&route));
                let mut routes = routes.into_vec();
                routes.insert(at, route);
                Self::Few(routes.into())
            }
            Self::Few(routes) => {
                let mut index = Index::default();
                routes.into_iter().chain([route]).for_each(|route| index.insert(depth, route));
                Self::Many(Box::new(index))
            }
            Self::Many(mut index) => {
                index.insert(depth, route);
                Self::Many(index)
            }
        };
    }

    fn remove_at(&mut self, depth: usize, route: &Arc<LiveRoute>) {
        *self = match std::mem::take(self) {
            Self::None => Self::None,
            Self::One(old) if old.id == route.id => Self::None,
            Self::One(old) => Self::One(old),
            Self::Few(routes) => {
                let mut routes = routes.into_vec();
                routes.retain(|other| other.id != route.id);
                match routes.len() {
                    1 => routes.pop().map_or(Self::None, Self::One),
                    _ => Self::Few(routes.into()),
                }
            }
            Self::Many(mut index) => {
                index.remove(depth, route);
                if index.len < INDEX_FROM {
                    Self::Few(Self::Many(index).to_vec().into_iter().cloned().collect())
                } else {
                    Self::Many(index)
                }
            }
        };
    }

    fn collect<'a>(&'a self, routes: &mut Vec<&'a Arc<LiveRoute>>) {
        match self {
            Self::None => {}
            Self::One(route) => routes.push(route),
            Self::Few(few) => routes.extend(few),
            Self::Many(index) => {
                routes.extend(index.others.iter().map(|entry| &entry.0));
                let by_header = index.by_header.values().flat_map(|values| values.values());
                let by_query = index.by_query.values().flat_map(|values| values.values());
                by_header.chain(by_query).for_each(|ranked| ranked.collect(routes));
            }
        }
    }
}

fn consider_list<'a>(
    routes: impl Iterator<Item = &'a Arc<LiveRoute>>,
    request: &RequestView<'_>,
    best: &mut Option<&'a Arc<LiveRoute>>,
    path_matches: &mut impl FnMut(&LiveRoute) -> bool,
) {
    for route in routes {
        if best.is_some_and(|best| !route.outranks(best)) {
            return;
        }
        if path_matches(route) && route.conditions_hold(request) {
            *best = Some(route);
            return;
        }
    }
}

/// What a request must hold for some routes to be worth a test.
#[derive(Clone, Copy)]
enum Split<'a> {
    Header(&'a HeaderName, &'a str),
    Query(&'a str, &'a str),
}

impl<'a> Split<'a> {
    /// The exact condition number `depth` of a route, in an order that depends on the conditions alone.
    fn of(conditions: &'a Conditions, depth: usize) -> Option<Self> {
        if depth >= MAX_DEPTH {
            return None;
        }
        let headers = conditions.headers().iter().filter_map(|condition| match &condition.test {
            // Hosts are compared without case.
            ValueTest::Exact(value) if condition.name != HOST => Some(Self::Header(&condition.name, value)),
            _ => None,
        });
        let queries = conditions.queries().iter().filter_map(|condition| match &condition.test {
            ValueTest::Exact(value) => Some(Self::Query(&condition.key, value)),
            _ => None,
        });
        let mut splits: Vec<_> = headers.chain(queries).collect();
        splits.sort_by_key(|split| match *split {
            Self::Header(name, value) => (false, name.as_str(), value),
            Self::Query(key, value) => (true, key, value),
        });
        splits.get(depth).copied()
    }
}

impl Index {
    fn insert(&mut self, depth: usize, route: Arc<LiveRoute>) {
        self.len += 1;
        let conditions = Arc::clone(&route);
        let values = match Split::of(&conditions.conditions, depth) {
            None => {
                self.others.insert(ByPriority(route));
                return;
            }
            Some(Split::Header(name, value)) => (self.by_header.entry(name.clone()).or_default(), value),
            Some(Split::Query(key, value)) => (self.by_query.entry(key.as_bytes().into()).or_default(), value),
        };
        let (values, value) = values;
        values.entry(value.as_bytes().into()).or_default().insert_at(depth + 1, route);
    }

    fn remove(&mut self, depth: usize, route: &Arc<LiveRoute>) {
        self.len -= 1;
        match Split::of(&route.conditions, depth) {
            None => drop(self.others.remove(&ByPriority(Arc::clone(route)))),
            Some(Split::Header(name, value)) => {
                if let Some(values) = self.by_header.get_mut(name)
                    && remove_from(values, value, depth, route)
                {
                    self.by_header.remove(name);
                }
            }
            Some(Split::Query(key, value)) => {
                if let Some(values) = self.by_query.get_mut(key.as_bytes())
                    && remove_from(values, value, depth, route)
                {
                    self.by_query.remove(key.as_bytes());
                }
            }
        }
    }

    fn consider<'a>(
        &'a self,
        request: &RequestView<'_>,
        best: &mut Option<&'a Arc<LiveRoute>>,
        path_matches: &mut impl FnMut(&LiveRoute) -> bool,
    ) {
        // Either the names that routes ask for or the names that the request has: whichever are fewer.
        if self.by_header.len() <= request.headers.keys_len() {
            for (name, values) in &self.by_header {
                for value in request.headers.get_all(name) {
                    if let Some(routes) = values.get(value.as_bytes()) {
                        routes.consider(request, best, path_matches);
                    }
                }
            }
        } else {
            for (name, value) in request.headers {
                if let Some(routes) = self.by_header.get(name).and_then(|values| values.get(value.as_bytes())) {
                    routes.consider(request, best, path_matches);
                }
            }
        }
        if !self.by_query.is_empty() {
            for (key, value) in query::pairs(request.query) {
                let values = key.with_decoded(|key| self.by_query.get(key));
                let routes = values.and_then(|values| value.with_decoded(|value| values.get(value)));
                if let Some(routes) = routes {
                    routes.consider(request, best, path_matches);
                }
            }
        }
        consider_list(self.others.iter().map(|entry| &entry.0), request, best, path_matches);
    }
}

/// True where no value is left.
fn remove_from(values: &mut Map<Arc<[u8]>, Ranked>, value: &str, depth: usize, route: &Arc<LiveRoute>) -> bool {
    if let Some(routes) = values.get_mut(value.as_bytes()) {
        routes.remove_at(depth + 1, route);
        if routes.is_none() {
            values.remove(value.as_bytes());
        }
    }
    values.is_empty()
}

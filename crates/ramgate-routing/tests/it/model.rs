//! Model-based: after any sequence of changes the snapshot equals one that was built at once, chooses as the naive
//! evaluator does, and has said through its effects all that the outside has to know.

use crate::fixture::{self, *};
use crate::naive::{Answer, World};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use ramgate_model::*;
use ramgate_routing::{
    Change, Effects, GatewayKey, Kind, ListenerChange, LiveService, Object, OpenedCertificate, Selection,
    ServiceChange, ServiceKey, Snapshot, TlsSite,
};
use std::collections::BTreeMap;
use std::sync::Arc;

// Small alphabets, so that names collide, references dangle and routes compete.
const ACCOUNTS: &[&str] = &["100", "100", "100", "200"];
const GATEWAYS: &[&str] = &["gw-1", "gw-1", "gw-2"];
const NAMES: &[&str] = &["a.com", "b.a.com", "*.a.com", "*.b.a.com", "*.com", "*", "c.org"];
const PATHS: &[&str] = &["/", "/a", "/ab", "/abc", "/a/", "/a/b", "/A", "/$m", "/b"];
const EXPRESSIONS: &[&str] = &["/.*", "/a.*", "/a/[a-z]+", ".*b", "/a|/b", "/ab?c?", "/\\$m", "(/a)+(/b)?"];
const METHODS: &[&str] = &["GET", "POST"];
const CERTIFICATES: &[i64] = &[1, 2];

fn path_match() -> impl Strategy<Value = PathMatch> {
    let literal = (select(PATHS), select(&[TextMatch::Exact, TextMatch::Prefix][..]), any::<bool>());
    let literal = literal.prop_map(|(value, kind, ignore_case)| PathMatch { kind, value: value.into(), ignore_case });
    let expression = (select(EXPRESSIONS), any::<bool>()).prop_map(|(value, ignore_case)| PathMatch {
        kind: TextMatch::Regex,
        value: value.into(),
        ignore_case,
    });
    prop_oneof![3 => literal, 1 => expression]
}

fn values(keys: &'static [&'static str]) -> impl Strategy<Value = Vec<ValueMatch>> {
    let condition = prop_oneof![
        Just((TextMatch::Exact, "a")),
        Just((TextMatch::Exact, "a b")),
        Just((TextMatch::Exact, "ab")),
        Just((TextMatch::Prefix, "a")),
        Just((TextMatch::Regex, "[ab ]+")),
    ];
    let condition = (select(keys), condition).prop_map(|(key, (kind, value))| fixture::condition(key, kind, value));
    prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(condition, 1..3)]
}

fn route_spec() -> impl Strategy<Value = RouteSpec> {
    let backend = prop_oneof![
        Just(Backend::None),
        Just(Backend::Mock { status: 200, body: "x".into() }),
        Just(Backend::Services { services: vec![weighted("svc-1", 100)] }),
        Just(Backend::Services { services: vec![weighted("svc-1", 40), weighted("svc-2", 60)] }),
    ];
    let domain_ids = subsequence(&["d-1", "d-2", "d-3"][..], 0..=2);
    let hosts = prop_oneof![2 => Just(vec![]), 1 => subsequence(NAMES, 0..=2)];
    let methods = subsequence(METHODS, 0..=1);
    let matches = (path_match(), methods, values(&["x-a", "X-B"]), values(&["q", "r s"]));
    let order = prop_oneof![3 => Just(0_u32), 1 => 1..3_u32];
    (domain_ids, hosts, matches, order, backend).prop_map(|(domain_ids, hosts, matches, order, backend)| {
        let (path, methods, headers, queries) = matches;
        let methods = methods.into_iter().map(String::from).collect();
        RouteSpec {
            domain_ids: domain_ids.into_iter().map(DomainId::from).collect(),
            hosts: hosts.into_iter().map(String::from).collect(),
            matches: RouteMatch { path, methods, headers, queries },
            order,
            backend,
        }
    })
}

/// Routes on one path that differ in their conditions alone.
fn crowded_spec() -> impl Strategy<Value = RouteSpec> {
    let matches = (values(&["x-a", "X-B", "x-a"]), values(&["q", "r s"]), subsequence(METHODS, 0..=1));
    (matches, prop_oneof![4 => Just(prefix("/")), 1 => Just(regex("/.*"))]).prop_map(|(matches, path)| {
        let (headers, queries, methods) = matches;
        let methods = methods.into_iter().map(String::from).collect();
        RouteSpec { matches: RouteMatch { path, methods, headers, queries }, ..RouteSpec::default() }
    })
}

fn a_route() -> impl Strategy<Value = Route> {
    let ids = select(&["r-1", "r-2", "r-3", "r-4", "r-5", "r-6", "r-7", "r-8", "r-9"][..]);
    let gateway_id = prop_oneof![8 => select(GATEWAYS).prop_map(|id| Some(GatewayId::from(id))), 1 => Just(None)];
    let published = prop_oneof![8 => route_spec().prop_map(Some), 1 => Just(None)];
    let api = select(&[None, Some("api-1"), Some("api-2")][..]);
    (ids, gateway_id, published, 0..3_i64, api).prop_map(|(id, gateway_id, published, created_at, api)| {
        let http_api_id = api.map(HttpApiId::from);
        Route { gateway_id, published: published.map(Into::into), created_at, http_api_id, ..route(id, prefix("/")) }
    })
}

fn a_domain() -> impl Strategy<Value = Domain> {
    let gateway_id = prop_oneof![2 => Just(None), 1 => select(GATEWAYS).prop_map(|id| Some(GatewayId::from(id)))];
    let protocol = select(&[DomainProtocol::Http, DomainProtocol::Https][..]);
    let certificate_id = prop_oneof![select(CERTIFICATES).prop_map(|id| Some(CertificateId(id))), Just(None)];
    let ids = select(&["d-1", "d-2", "d-3"][..]);
    let flags = (prop::bool::weighted(0.2), prop::bool::weighted(0.3), any::<bool>());
    (ids, select(NAMES), gateway_id, protocol, certificate_id, flags, 0..2_i64).prop_map(
        |(id, name, gateway_id, protocol, certificate_id, (force_https, mutual, http2), created_at)| Domain {
            gateway_id,
            protocol,
            certificate_id,
            force_https,
            client_ca_pem: if mutual { "ca".into() } else { String::new() },
            http2: if http2 { Http2Option::Open } else { Http2Option::Close },
            created_at,
            ..domain(id, name)
        },
    )
}

fn a_gateway() -> impl Strategy<Value = Gateway> {
    let status = prop_oneof![5 => Just(GatewayStatus::Running), 1 => Just(GatewayStatus::Deleting)];
    (select(GATEWAYS), 1..3_u16, status).prop_map(|(id, port, status)| Gateway { status, ..gateway(id, port * 2) })
}

fn a_service() -> impl Strategy<Value = Service> {
    let certificate_id = prop_oneof![select(CERTIFICATES).prop_map(|id| Some(CertificateId(id))), Just(None)];
    (select(&["svc-1", "svc-2"][..]), certificate_id, any::<bool>(), 1..3_u8).prop_map(
        |(id, certificate_id, enabled, host)| {
            let mut service = service(id, &[&format!("10.0.0.{host}:80")]);
            (service.tls.enabled, service.tls.certificate_id) = (enabled, certificate_id);
            service
        },
    )
}

fn a_certificate() -> impl Strategy<Value = OpenedCertificate> {
    (select(CERTIFICATES), select(&["chain", "renewed"][..])).prop_map(|(id, chain)| certificate(id, chain))
}

fn change() -> impl Strategy<Value = Change> {
    fn put<T: Put>(value: (&str, T)) -> Change {
        Change::Put(value.1.object(value.0.into()))
    }
    let accounts = || select(ACCOUNTS);
    let deletion = prop_oneof![
        5 => (1..10_u8).prop_map(|i| (Kind::Route, format!("r-{i}"))),
        2 => (1..4_u8).prop_map(|i| (Kind::Domain, format!("d-{i}"))),
        1 => (1..3_u8).prop_map(|i| (Kind::Gateway, format!("gw-{i}"))),
        1 => (1..3_u8).prop_map(|i| (Kind::Service, format!("svc-{i}"))),
        1 => (1..3_u8).prop_map(|i| (Kind::Certificate, format!("{i}"))),
    ];
    prop_oneof![
        10 => (accounts(), a_route()).prop_map(put),
        4 => (accounts(), a_domain()).prop_map(put),
        3 => (accounts(), a_gateway()).prop_map(put),
        1 => (accounts(), a_service()).prop_map(put),
        1 => (accounts(), a_certificate()).prop_map(put),
        4 => (accounts(), deletion)
            .prop_map(|(account, (kind, id))| Change::Delete { account: account.into(), kind, id }),
    ]
}

/// Requests that between them tell all conditions apart.
fn probes() -> Vec<Request> {
    const HOSTS: &[&str] = &["a.com", "B.a.com", "x.b.a.com", "y.a.com.", "z.com", "c.org", ""];
    const TARGETS: &[&str] = &[
        "/",
        "/a?q=a",
        "/ab?q=b&q=%61+b",
        "/abc",
        "/a/?r+s=a",
        "/a/b?q=a&r%20s=a%20b",
        "/A",
        "/ABC?q=",
        "/$m",
        "/%24m",
        "/b?q=a+b",
        "/a/a/b",
        "/c%2Fb",
    ];
    let mut probes = Vec::new();
    for (h, host) in HOSTS.iter().enumerate() {
        for (t, target) in TARGETS.iter().enumerate() {
            let mut request = get(host, target);
            request.secure = (h + t) % 3 != 0;
            if (h + t) % 2 == 0 {
                request = request.method(http::Method::POST);
            }
            probes.push(request.clone());
            probes.push(request.clone().header("x-a", "a"));
            probes.push(request.clone().header("x-b", "c").header("x-b", "a b"));
            probes.push(request.header("x-a", "ab").header("x-b", "a"));
        }
    }
    probes
}

/// What the data plane would have outside of the snapshot if it did what effects say and nothing else.
#[derive(Default)]
struct Outside {
    listeners: BTreeMap<GatewayKey, EntryPoint>,
    services: BTreeMap<ServiceKey, Arc<LiveService>>,
    sites: BTreeMap<(GatewayKey, String), Arc<TlsSite>>,
}

impl Outside {
    fn follow(&mut self, effects: Effects, snapshot: &Snapshot) {
        for change in effects.listeners {
            match change {
                ListenerChange::Close { gateway, entry } => {
                    assert_eq!(self.listeners.remove(&gateway), Some(entry), "closes what is open");
                }
                ListenerChange::Open { gateway, entry } => {
                    assert_eq!(self.listeners.insert(gateway, entry), None, "opens what is closed");
                }
            }
        }
        for change in effects.services {
            match change {
                ServiceChange::Added(service) => {
                    assert_eq!(self.services.insert(service.key.clone(), service), None);
                }
                ServiceChange::Changed(service) => {
                    let old = self.services.insert(service.key.clone(), Arc::clone(&service));
                    assert!(old.is_some_and(|old| old != service), "a changed service was there and differs");
                }
                ServiceChange::Removed(key) => assert!(self.services.remove(&key).is_some()),
            }
        }
        // Sites of gateways that do not serve are not to be seen from outside, so they are read through the test's own
        // snapshot of tables.
        for change in effects.tls {
            let key = (change.gateway.clone(), change.host.to_string());
            match site(snapshot, &change.gateway, &change.host) {
                Some(site) => drop(self.sites.insert(key, site)),
                None => drop(self.sites.remove(&key)),
            }
        }
    }

    fn check(&self, snapshot: &Snapshot) {
        let listeners: BTreeMap<_, _> = snapshot.listeners().map(|(key, entry)| (key.clone(), entry)).collect();
        assert_eq!(self.listeners, listeners);
        let services: BTreeMap<_, _> = snapshot.services().map(|s| (s.key.clone(), Arc::clone(s))).collect();
        assert_eq!(self.services, services);
        for table in snapshot.gateways() {
            let sites: BTreeMap<_, _> = table.tls_sites().map(|s| (s.host.to_string(), Arc::clone(s))).collect();
            let known = self.sites.iter().filter(|((gateway, _), _)| gateway == table.key());
            let known: BTreeMap<_, _> = known.map(|((_, host), site)| (host.clone(), Arc::clone(site))).collect();
            assert_eq!(known, sites);
        }
    }
}

/// The site of exactly this name, whether the gateway serves or not.
fn site(snapshot: &Snapshot, gateway: &GatewayKey, host: &str) -> Option<Arc<TlsSite>> {
    let mut serving = snapshot.clone();
    let id: GatewayId = gateway.id().into();
    serving.apply(Change::Put(Object::Gateway(gateway.account().into(), fixture::gateway(id.as_str(), 1))));
    serving.gateway(gateway)?.tls_sites().find(|site| site.host.as_ref() == host).cloned()
}

fn check_selections(snapshot: &Snapshot, world: &World, probes: &[Request]) {
    for account in ["100", "200"] {
        for gateway in ["gw-1", "gw-2"] {
            let table = snapshot.gateway(&GatewayKey::new(&account.into(), &gateway.into()));
            for request in probes {
                let expect = world.select(account, gateway, request);
                let found = match table.map(|table| table.select(&request.view())) {
                    None => Answer::NoGateway,
                    Some(Selection::NoRoute) => Answer::NoRoute,
                    Some(Selection::ForceHttps) => Answer::ForceHttps,
                    Some(Selection::Route(route)) => Answer::Route(route.id.to_string()),
                };
                assert_eq!(found, expect, "{account}/{gateway} {request:?}");
                let Some(table) = table else { continue };
                let expect = world.site(account, gateway, &request.host);
                let found = table.tls_site_for_host(&request.host);
                assert_eq!(found.map(|s| (s.domain_id.to_string(), s.identity.is_some())), expect);
                let served = expect.and_then(|(id, there)| there.then_some(id));
                let found = table.tls_site(Some(&request.host));
                assert_eq!(found.map(|site| site.domain_id.to_string()), served);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_changes_ends_where_a_build_of_the_result_begins(
        changes in prop::collection::vec(change(), 1..60),
        rotation in any::<prop::sample::Index>(),
    ) {
        let (mut snapshot, mut world, mut outside) = (Snapshot::empty(), World::default(), Outside::default());
        let mut earlier = Vec::new();
        for change in changes {
            if earlier.len() < 3 {
                earlier.push((snapshot.clone(), snapshot.dump()));
            }
            world.apply(change.clone());
            let effects = snapshot.apply(change);
            outside.follow(effects, &snapshot);
        }
        outside.check(&snapshot);

        let mut all = world.changes();
        let middle = rotation.index(all.len() + 1).min(all.len());
        all.rotate_left(middle);
        prop_assert_eq!(snapshot.dump(), Snapshot::build(all).dump());
        for (clone, dump) in earlier {
            prop_assert_eq!(clone.dump(), dump, "an earlier clone has changed");
        }
        check_selections(&snapshot, &world, &probes());

        for (account, id) in world.routes.keys() {
            snapshot.apply(Change::Delete { account: account.as_str().into(), kind: Kind::Route, id: id.clone() });
        }
        world.routes.clear();
        prop_assert_eq!(snapshot.dump(), Snapshot::build(world.changes()).dump());
    }

    #[test]
    fn a_crowd_of_routes_under_one_host_is_ranked_as_documented(
        routes in prop::collection::vec(route_spec(), 20..80),
    ) {
        let mut world = World::default();
        world.apply(gateway("gw-1", 1).put());
        for (i, spec) in routes.into_iter().enumerate() {
            let spec = RouteSpec { domain_ids: vec![], hosts: vec!["*.a.com".into()], ..spec };
            world.apply(Route { published: Some(spec.into()), ..route(&format!("r{i}"), prefix("/")) }.put());
        }
        let snapshot = Snapshot::build(world.changes());
        check_selections(&snapshot, &world, &probes());
    }

    #[test]
    fn a_crowd_of_routes_on_one_path_is_told_apart_by_conditions(
        crowd in prop::collection::vec((crowded_spec(), 0..40_u8), 30..90),
        gone in prop::collection::vec(0..40_u8, 0..40),
    ) {
        let mut world = World::default();
        world.apply(gateway("gw-1", 1).put());
        let mut snapshot = Snapshot::build(world.changes());
        let puts = crowd.into_iter().map(|(spec, i)| {
            Route { published: Some(spec.into()), ..route(&format!("r{i}"), prefix("/")) }.put()
        });
        let deletions = gone.into_iter().map(|i| delete(Kind::Route, &format!("r{i}")));
        for change in puts.chain(deletions) {
            world.apply(change.clone());
            snapshot.apply(change);
        }
        prop_assert_eq!(snapshot.dump(), Snapshot::build(world.changes()).dump());
        check_selections(&snapshot, &world, &probes());
    }
}

//! Objects with everything that a test does not care about filled in, and a request to ask with. The benchmark uses it too.

#![allow(dead_code, reason = "the benchmark uses some of it, the tests other parts")]
#![allow(clippy::unwrap_used, reason = "what does not hold fails the test")]

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use ramgate_model::*;
use ramgate_routing::{
    Change, GatewayKey, Kind, Object, OpenedCertificate, RequestView, SecretPem, Selection, Snapshot, normalise_path,
};

pub const ACCOUNT: &str = "100";
pub const GATEWAY: &str = "gw-1";

pub fn account() -> AccountId {
    ACCOUNT.into()
}

pub fn gateway_key() -> GatewayKey {
    GatewayKey::new(&account(), &GATEWAY.into())
}

pub fn gateway(id: &str, http_port: u16) -> Gateway {
    Gateway {
        id: id.into(),
        number: 1,
        origin: GatewayOrigin::Apig,
        name: format!("name of {id}"),
        region: "cn-hangzhou".into(),
        status: GatewayStatus::Running,
        gateway_type: GatewayType::API,
        edition: String::new(),
        spec: String::new(),
        replicas: 1,
        charge_type: String::new(),
        network_type: NetworkType::Intranet,
        vpc_id: String::new(),
        zones: Vec::new(),
        entry: EntryPoint { host: [127, 0, 0, 1].into(), http_port, https_port: http_port + 1 },
        resource_group_id: String::new(),
        tags: Tags::new(),
        created_at: 0,
        updated_at: 0,
    }
}

pub fn domain(id: &str, name: &str) -> Domain {
    Domain {
        id: id.into(),
        number: 1,
        gateway_id: None,
        name: name.into(),
        protocol: DomainProtocol::Http,
        force_https: false,
        http2: Http2Option::Global,
        tls_min: TlsVersion::V12,
        tls_max: TlsVersion::V13,
        certificate_id: None,
        client_ca_pem: String::new(),
        extra: serde_json::Map::new(),
        resource_group_id: String::new(),
        created_at: 0,
        updated_at: 0,
    }
}

pub fn https(id: &str, name: &str, certificate: i64) -> Domain {
    Domain { protocol: DomainProtocol::Https, certificate_id: Some(CertificateId(certificate)), ..domain(id, name) }
}

pub fn certificate(id: i64, chain: &str) -> OpenedCertificate {
    OpenedCertificate {
        certificate: Certificate {
            id: CertificateId(id),
            name: format!("name of {id}"),
            chain_pem: chain.into(),
            sealed_key: String::new(),
            facts: CertificateFacts::default(),
            created_at: 0,
        },
        key_pem: SecretPem::from("testsecret".to_owned()),
    }
}

pub fn service(id: &str, addresses: &[&str]) -> Service {
    Service {
        id: id.into(),
        number: 1,
        gateway_id: GATEWAY.into(),
        name: format!("name of {id}"),
        namespace: String::new(),
        group_name: String::new(),
        source_id: None,
        source: ServiceSource::Fixed { addresses: addresses.iter().map(|text| text.parse().unwrap()).collect() },
        protocol: ServiceProtocol::Http,
        ports: Vec::new(),
        tls: UpstreamTls::default(),
        extra: serde_json::Map::new(),
        resource_group_id: String::new(),
        created_at: 0,
        updated_at: 0,
    }
}

/// A published route on [`GATEWAY`] under every host, to the service `svc-1`.
pub fn route(id: &str, path: PathMatch) -> Route {
    let backend = Backend::Services { services: vec![weighted("svc-1", 100)] };
    let matches = RouteMatch { path, ..RouteMatch::default() };
    Route {
        id: id.into(),
        number: 1,
        gateway_id: Some(GATEWAY.into()),
        http_api_id: Some("api-1".into()),
        environment_id: Some("env-1".into()),
        name: format!("name of {id}"),
        description: String::new(),
        draft: RouteSpec::default().into(),
        published: Some(RouteSpec { matches, backend, ..RouteSpec::default() }.into()),
        extra: serde_json::Map::new(),
        created_at: 0,
        updated_at: 0,
    }
}

/// Short ways to say what a route is.
pub trait RouteExt: Sized {
    fn spec(self, change: impl FnOnce(&mut RouteSpec)) -> Self;

    fn hosts(self, hosts: &[&str]) -> Self {
        self.spec(|spec| spec.hosts = hosts.iter().map(|host| (*host).to_owned()).collect())
    }

    fn domains(self, ids: &[&str]) -> Self {
        self.spec(|spec| spec.domain_ids = ids.iter().map(|id| (*id).into()).collect())
    }

    fn order(self, order: u32) -> Self {
        self.spec(|spec| spec.order = order)
    }

    fn methods(self, methods: &[&str]) -> Self {
        self.spec(|spec| spec.matches.methods = methods.iter().map(|method| (*method).to_owned()).collect())
    }

    fn header(self, key: &str, kind: TextMatch, value: &str) -> Self {
        self.spec(|spec| spec.matches.headers.push(condition(key, kind, value)))
    }

    fn query(self, key: &str, kind: TextMatch, value: &str) -> Self {
        self.spec(|spec| spec.matches.queries.push(condition(key, kind, value)))
    }

    fn backend(self, backend: Backend) -> Self {
        self.spec(|spec| spec.backend = backend)
    }

    fn created_at(self, at: Timestamp) -> Self;

    fn any_case(self) -> Self {
        self.spec(|spec| spec.matches.path.ignore_case = true)
    }
}

impl RouteExt for Route {
    fn spec(mut self, change: impl FnOnce(&mut RouteSpec)) -> Self {
        change(self.published.as_mut().unwrap());
        self
    }

    fn created_at(mut self, at: Timestamp) -> Self {
        self.created_at = at;
        self
    }
}

pub fn condition(key: &str, kind: TextMatch, value: &str) -> ValueMatch {
    ValueMatch { key: key.into(), kind, value: value.into() }
}

pub fn exact(value: &str) -> PathMatch {
    PathMatch { kind: TextMatch::Exact, value: value.into(), ignore_case: false }
}

pub fn prefix(value: &str) -> PathMatch {
    PathMatch { kind: TextMatch::Prefix, value: value.into(), ignore_case: false }
}

pub fn regex(value: &str) -> PathMatch {
    PathMatch { kind: TextMatch::Regex, value: value.into(), ignore_case: false }
}

pub fn weighted(id: &str, weight: u32) -> WeightedService {
    WeightedService { service_id: id.into(), port: None, weight, version: None }
}

/// Puts an object of the test's account.
pub trait Put: Sized {
    fn object(self, account: AccountId) -> Object;

    fn put(self) -> Change {
        Change::Put(self.object(account()))
    }
}

macro_rules! put {
    ($($model:ident $variant:ident),+) => {$(
        impl Put for $model {
            fn object(self, account: AccountId) -> Object {
                Object::$variant(account, self)
            }
        }
    )+};
}

put!(Gateway Gateway, Route Route, Service Service, Domain Domain, OpenedCertificate Certificate);

pub fn delete(kind: Kind, id: &str) -> Change {
    Change::Delete { account: account(), kind, id: id.to_owned() }
}

/// A snapshot with [`GATEWAY`] and these objects.
pub fn snapshot(changes: impl IntoIterator<Item = Change>) -> Snapshot {
    Snapshot::build([gateway(GATEWAY, 8080).put()].into_iter().chain(changes))
}

/// A snapshot with [`GATEWAY`] and these routes.
pub fn routes(routes: impl IntoIterator<Item = Route>) -> Snapshot {
    snapshot(routes.into_iter().map(Put::put))
}

/// A request, owned.
#[derive(Clone, Debug)]
pub struct Request {
    pub secure: bool,
    pub host: String,
    pub path: String,
    pub query: String,
    pub method: Method,
    pub headers: HeaderMap,
}

/// A plain GET for `target`, as it would come in on the wire: the path is put into normal form.
pub fn get(host: &str, target: &str) -> Request {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Request {
        secure: false,
        host: host.into(),
        path: normalise_path(path).unwrap().into_owned(),
        query: query.into(),
        method: Method::GET,
        headers: HeaderMap::new(),
    }
}

impl Request {
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        self.headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        self
    }

    pub fn secure(mut self) -> Self {
        self.secure = true;
        self
    }

    pub fn view(&self) -> RequestView<'_> {
        RequestView {
            secure: self.secure,
            host: &self.host,
            path: &self.path,
            query: &self.query,
            method: &self.method,
            headers: &self.headers,
        }
    }
}

/// The id of the route chosen on [`GATEWAY`], `https` for the redirect, or `none`.
pub fn choose(snapshot: &Snapshot, request: &Request) -> String {
    let table = snapshot.gateway(&gateway_key()).expect("the gateway is there");
    match table.select(&request.view()) {
        Selection::Route(route) => route.id.to_string(),
        Selection::ForceHttps => "https".to_owned(),
        Selection::NoRoute => "none".to_owned(),
    }
}

#[track_caller]
pub fn check(snapshot: &Snapshot, request: Request, expect: &str) {
    assert_eq!(choose(snapshot, &request), expect, "{request:?}");
}

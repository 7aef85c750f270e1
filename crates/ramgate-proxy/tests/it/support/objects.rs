//! Objects as the store holds them, with what tests care about.

use ramgate_model::{
    Address, Backend, Certificate, CertificateFacts, CertificateId, Domain, DomainProtocol, EntryPoint, Gateway,
    GatewayOrigin, GatewayStatus, GatewayType, Http2Option, NetworkType, PathMatch, Route, RouteMatch, RouteSpec,
    Service, ServiceProtocol, ServiceSource, TextMatch, TlsVersion, UpstreamTls, WeightedService,
};
use ramgate_routing::{Change, Kind, Object, OpenedCertificate};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

pub const ACCOUNT: &str = "1000000000000001";
pub const GATEWAY: &str = "gw-test";

pub fn gateway_object(id: &str, http_port: u16, https_port: u16) -> Gateway {
    Gateway {
        id: id.into(),
        number: 1,
        origin: GatewayOrigin::Apig,
        name: id.to_owned(),
        region: "cn-hangzhou".into(),
        status: GatewayStatus::Running,
        gateway_type: GatewayType::API,
        edition: String::new(),
        spec: String::new(),
        replicas: 1,
        charge_type: "POSTPAY".to_owned(),
        network_type: NetworkType::Internet,
        vpc_id: String::new(),
        zones: Vec::new(),
        entry: EntryPoint { host: IpAddr::V4(Ipv4Addr::LOCALHOST), http_port, https_port },
        resource_group_id: String::new(),
        tags: Default::default(),
        created_at: 0,
        updated_at: 0,
    }
}

pub fn gateway(id: &str, http_port: u16, https_port: u16) -> Change {
    Change::Put(Object::Gateway(ACCOUNT.into(), gateway_object(id, http_port, https_port)))
}

pub fn delete(kind: Kind, id: &str) -> Change {
    Change::Delete { account: ACCOUNT.into(), kind, id: id.to_owned() }
}

pub fn service_object(id: &str, addresses: &[SocketAddr]) -> Service {
    let addresses = addresses.iter().map(|a| Address { host: a.ip().to_string(), port: a.port() }).collect();
    Service {
        id: id.into(),
        number: 1,
        gateway_id: GATEWAY.into(),
        name: id.to_owned(),
        namespace: String::new(),
        group_name: String::new(),
        source_id: None,
        source: ServiceSource::Fixed { addresses },
        protocol: ServiceProtocol::Http,
        ports: Vec::new(),
        tls: UpstreamTls::default(),
        extra: Default::default(),
        resource_group_id: String::new(),
        created_at: 0,
        updated_at: 0,
    }
}

pub fn put_service(service: Service) -> Change {
    Change::Put(Object::Service(ACCOUNT.into(), service))
}

pub fn service(id: &str, addresses: &[SocketAddr]) -> Change {
    put_service(service_object(id, addresses))
}

pub fn route_object(id: &str, hosts: &[&str], prefix: &str, backend: Backend) -> Route {
    let spec = RouteSpec {
        domain_ids: Vec::new(),
        hosts: hosts.iter().map(|&h| h.to_owned()).collect(),
        matches: RouteMatch {
            path: PathMatch { kind: TextMatch::Prefix, value: prefix.to_owned(), ignore_case: false },
            ..RouteMatch::default()
        },
        order: 0,
        backend,
    };
    Route {
        id: id.into(),
        number: 0,
        gateway_id: Some(GATEWAY.into()),
        http_api_id: None,
        environment_id: None,
        name: format!("name-of-{id}"),
        description: String::new(),
        draft: spec.clone().into(),
        published: Some(spec.into()),
        extra: Default::default(),
        created_at: 0,
        updated_at: 0,
    }
}

pub fn put_route(route: Route) -> Change {
    Change::Put(Object::Route(ACCOUNT.into(), route))
}

/// A route of every host with this prefix, to one service.
pub fn route(id: &str, prefix: &str, service: &str) -> Change {
    put_route(route_object(id, &[], prefix, to(&[(service, 100)])))
}

pub fn to(services: &[(&str, u32)]) -> Backend {
    let services = services.iter().map(|(id, weight)| WeightedService {
        service_id: (*id).into(),
        port: None,
        weight: *weight,
        version: None,
    });
    Backend::Services { services: services.collect() }
}

/// A service at `origin` and a route of everything to it.
pub fn everything_to(origin: SocketAddr) -> Vec<Change> {
    vec![service("svc", &[origin]), route("all", "/", "svc")]
}

pub fn domain_object(id: &str, name: &str, certificate: i64) -> Domain {
    Domain {
        id: id.into(),
        number: 1,
        gateway_id: Some(GATEWAY.into()),
        name: name.to_owned(),
        protocol: DomainProtocol::Https,
        force_https: false,
        http2: Http2Option::Open,
        tls_min: TlsVersion::V12,
        tls_max: TlsVersion::V13,
        certificate_id: Some(CertificateId(certificate)),
        client_ca_pem: String::new(),
        extra: Default::default(),
        resource_group_id: String::new(),
        created_at: 0,
        updated_at: 0,
    }
}

pub fn put_domain(domain: Domain) -> Change {
    Change::Put(Object::Domain(ACCOUNT.into(), domain))
}

pub fn domain(id: &str, name: &str, certificate: i64) -> Change {
    put_domain(domain_object(id, name, certificate))
}

pub fn certificate(id: i64, chain_pem: &str, key_pem: &str) -> Change {
    let certificate = Certificate {
        id: CertificateId(id),
        name: format!("certificate-{id}"),
        chain_pem: chain_pem.to_owned(),
        sealed_key: String::new(),
        facts: CertificateFacts::default(),
        created_at: 0,
    };
    let opened = OpenedCertificate { certificate, key_pem: key_pem.to_owned().into() };
    Change::Put(Object::Certificate(ACCOUNT.into(), opened))
}

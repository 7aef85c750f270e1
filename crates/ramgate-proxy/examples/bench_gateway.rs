//! A gateway for benchmarks, its objects made in memory: one worker, every request to one upstream.
//!
//! `bench_gateway PORT TLS_PORT UPSTREAM CERT KEY [ROUTES]`
//!
//! `TLS_PORT` 0 takes a free port. `ROUTES` is a text file, `host /prefix id` a line; without it there is one route, `*` and
//! `/`. Only matching and forwarding are done here; authentication, limits and rewriting are not part of this crate.

use ramgate_model::{
    Address, Backend, Certificate, CertificateFacts, CertificateId, Domain, DomainProtocol, EntryPoint, Gateway,
    GatewayOrigin, GatewayStatus, GatewayType, Http2Option, NetworkType, PathMatch, Route, RouteMatch, RouteSpec,
    Service, ServiceProtocol, ServiceSource, TextMatch, TlsVersion, UpstreamTls, WeightedService,
};
use ramgate_proxy::{Proxy, ProxyConfig};
use ramgate_routing::{Change, Object, OpenedCertificate};
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroUsize;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [port, tls_port, upstream, cert, key, rest @ ..] = args.as_slice() else {
        return Err("usage: bench_gateway PORT TLS_PORT UPSTREAM CERT KEY [ROUTES]".into());
    };
    let mut changes = vec![
        gateway(port.parse()?, tls_port.parse()?),
        service(upstream.parse()?),
        domain(),
        certificate(&std::fs::read_to_string(cert)?, std::fs::read_to_string(key)?),
    ];
    match rest.first().filter(|path| !path.is_empty()) {
        None => changes.push(route("r", Vec::new(), "/")),
        Some(path) => {
            for line in std::fs::read_to_string(path)?.lines() {
                let mut words = line.split_whitespace();
                if let (Some(host), Some(prefix), Some(id)) = (words.next(), words.next(), words.next()) {
                    changes.push(route(id, vec![host.to_owned()], &format!("{prefix}/")));
                }
            }
        }
    }

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let config = ProxyConfig { workers: NonZeroUsize::MIN, ..ProxyConfig::default() };
        let proxy = Proxy::start(config)?;
        let applied = proxy.apply(changes).await;
        if !applied.problems.is_empty() || !applied.bind_failures.is_empty() {
            return Err(format!("{applied:?}").into());
        }
        std::future::pending::<Result<(), Box<dyn Error>>>().await
    })
}

fn account() -> ramgate_model::AccountId {
    "1000000000000001".into()
}

fn gateway(http_port: u16, https_port: u16) -> Change {
    let gateway = Gateway {
        id: "gw-bench".into(),
        number: 1,
        origin: GatewayOrigin::Apig,
        name: "bench".to_owned(),
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
    };
    Change::Put(Object::Gateway(account(), gateway))
}

fn service(upstream: Address) -> Change {
    let service = Service {
        id: "svc-bench".into(),
        number: 1,
        gateway_id: "gw-bench".into(),
        name: "bench".to_owned(),
        namespace: String::new(),
        group_name: String::new(),
        source_id: None,
        source: ServiceSource::Fixed { addresses: vec![upstream] },
        protocol: ServiceProtocol::Http,
        ports: Vec::new(),
        tls: UpstreamTls::default(),
        extra: Default::default(),
        resource_group_id: String::new(),
        created_at: 0,
        updated_at: 0,
    };
    Change::Put(Object::Service(account(), service))
}

fn domain() -> Change {
    let domain = Domain {
        id: "d-bench".into(),
        number: 1,
        gateway_id: Some("gw-bench".into()),
        name: "*".to_owned(),
        protocol: DomainProtocol::Https,
        force_https: false,
        http2: Http2Option::Open,
        tls_min: TlsVersion::V12,
        tls_max: TlsVersion::V13,
        certificate_id: Some(CertificateId(1)),
        client_ca_pem: String::new(),
        extra: Default::default(),
        resource_group_id: String::new(),
        created_at: 0,
        updated_at: 0,
    };
    Change::Put(Object::Domain(account(), domain))
}

fn certificate(chain_pem: &str, key_pem: String) -> Change {
    let certificate = Certificate {
        id: CertificateId(1),
        name: "bench".to_owned(),
        chain_pem: chain_pem.to_owned(),
        sealed_key: String::new(),
        facts: CertificateFacts::default(),
        created_at: 0,
    };
    Change::Put(Object::Certificate(account(), OpenedCertificate { certificate, key_pem: key_pem.into() }))
}

fn route(id: &str, hosts: Vec<String>, prefix: &str) -> Change {
    let target = WeightedService { service_id: "svc-bench".into(), port: None, weight: 100, version: None };
    let spec = RouteSpec {
        domain_ids: Vec::new(),
        hosts,
        matches: RouteMatch {
            path: PathMatch { kind: TextMatch::Prefix, value: prefix.to_owned(), ignore_case: false },
            ..RouteMatch::default()
        },
        order: 0,
        backend: Backend::Services { services: vec![target] },
    };
    let route = Route {
        id: id.into(),
        number: 0,
        gateway_id: Some("gw-bench".into()),
        http_api_id: None,
        environment_id: None,
        name: id.to_owned(),
        description: String::new(),
        draft: spec.clone().into(),
        published: Some(spec.into()),
        extra: Default::default(),
        created_at: 0,
        updated_at: 0,
    };
    Change::Put(Object::Route(account(), route))
}

//! Writes a gateway with many routes into the store of a data directory, as the management API would have left it: one HTTP API,
//! one service, a TLS domain for everything, and a published route for each line of a file.
//!
//! `seed DATA_DIR HTTP_PORT HTTPS_PORT UPSTREAM CERT KEY ROUTES`; ROUTES holds `host /prefix id` a line, or is empty for one
//! route on every host and path. Prints the ids that the benchmark needs as JSON.

use ramgate_model::*;
use ramgate_store::sealing::{Sealer, place};
use ramgate_store::{Key, Store, Transaction, Value};
use ramgate_store_sqlite::{Options, SqliteStore};
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const NOW: i64 = 1_767_323_045_000;
const AT_ONCE: usize = 60;

fn account() -> AccountId {
    AccountId::from("1000000000000001")
}

struct Writer {
    store: SqliteStore,
    pending: Transaction,
    n: usize,
}

impl Writer {
    async fn put<R: Resource>(&mut self, value: &R) -> Result<()> {
        self.add(&value.key(&account()), Value::json(value)?).await
    }

    async fn claim<R: Resource>(&mut self, scope: &str, name: &str, owner: &str) -> Result<()> {
        self.add(&StoreKey::name_claim::<R>(&account(), scope, name), Value::json(owner)?).await
    }

    async fn add(&mut self, key: &str, value: Value) -> Result<()> {
        self.pending = std::mem::take(&mut self.pending).put(Key::new(key)?, value);
        self.n += 1;
        if self.n.is_multiple_of(AT_ONCE) { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<()> {
        self.store.commit(std::mem::take(&mut self.pending)).await?;
        Ok(())
    }
}

fn main() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(seed())
}

async fn seed() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dir, http_port, https_port, upstream, cert, key, routes] = arguments.as_slice() else {
        return Err("seed DATA_DIR HTTP_PORT HTTPS_PORT UPSTREAM CERT KEY ROUTES".into());
    };
    let store = SqliteStore::open(Options::new(Path::new(dir).join("store.db"))).await?;
    let sealer = Sealer::open_or_create(&Path::new(dir).join("sealing.key"))?;
    let mut writer = Writer { store, pending: Transaction::new(), n: 0 };

    let gateway_id = GatewayId::from("gw-bench0000000000000000");
    let environment_id = EnvironmentId::from("env-bench000000000000000");
    let api_id = HttpApiId::from("api-bench000000000000000");
    let service_id = ServiceId::from("svc-bench000000000000000");
    let (http_port, https_port) = (http_port.parse()?, https_port.parse()?);
    writer.put(&Gateway {
        id: gateway_id.clone(),
        number: 1_000_001,
        origin: GatewayOrigin::Apig,
        name: "bench".into(),
        region: "cn-hangzhou".into(),
        status: GatewayStatus::Running,
        gateway_type: GatewayType::API,
        edition: "Professional".into(),
        spec: "apigw.small.x1".into(),
        replicas: 1,
        charge_type: "POSTPAY".into(),
        network_type: NetworkType::Internet,
        vpc_id: String::new(),
        zones: Vec::new(),
        entry: EntryPoint { host: IpAddr::V4(Ipv4Addr::LOCALHOST), http_port, https_port },
        resource_group_id: String::new(),
        tags: Tags::new(),
        created_at: NOW,
        updated_at: NOW,
    }).await?;
    for port in [http_port, https_port] {
        writer.claim::<Gateway>("entry-port", &port.to_string(), gateway_id.as_str()).await?;
    }
    writer.put(&Environment {
        id: environment_id.clone(),
        gateway_id: gateway_id.clone(),
        name: "default".into(),
        alias: "default".into(),
        description: String::new(),
        is_default: true,
        sub_domains: Vec::new(),
        resource_group_id: String::new(),
        created_at: NOW,
        updated_at: NOW,
    }).await?;
    writer.claim::<Environment>(gateway_id.as_str(), "default", environment_id.as_str()).await?;
    writer.put(&HttpApi {
        id: api_id.clone(),
        name: "bench".into(),
        api_type: HttpApiType::Http,
        base_path: "/".into(),
        protocols: vec!["HTTP".into(), "HTTPS".into()],
        description: String::new(),
        gateway_id: None,
        version_config: None,
        extra: Default::default(),
        resource_group_id: String::new(),
        created_at: NOW,
        updated_at: NOW,
    }).await?;
    writer.claim::<HttpApi>("account", "bench/unversioned", api_id.as_str()).await?;
    writer.put(&Service {
        id: service_id.clone(),
        number: 1_000_002,
        gateway_id: gateway_id.clone(),
        name: "upstream".into(),
        namespace: String::new(),
        group_name: String::new(),
        source_id: None,
        source: ServiceSource::Fixed { addresses: vec![upstream.parse()?] },
        protocol: ServiceProtocol::Http,
        ports: Vec::new(),
        tls: UpstreamTls::default(),
        extra: Default::default(),
        resource_group_id: String::new(),
        created_at: NOW,
        updated_at: NOW,
    }).await?;
    writer.claim::<Service>(gateway_id.as_str(), "VIP/-/-/upstream", service_id.as_str()).await?;

    let mut certificate = Certificate {
        id: CertificateId(1_000_003),
        name: "bench".into(),
        chain_pem: std::fs::read_to_string(cert)?,
        sealed_key: String::new(),
        facts: CertificateFacts::default(),
        created_at: NOW,
    };
    let at = place(&Key::new(certificate.key(&account()))?, "sealed_key");
    certificate.sealed_key = sealer.seal(std::fs::read(key)?.as_slice(), &at)?.as_str().to_owned();
    writer.put(&certificate).await?;
    let domain = Domain {
        id: "d-bench00000000000000000".into(),
        number: 1_000_004,
        gateway_id: Some(gateway_id.clone()),
        name: "*".into(),
        protocol: DomainProtocol::Https,
        force_https: false,
        http2: Http2Option::Open,
        tls_min: TlsVersion::V12,
        tls_max: TlsVersion::V13,
        certificate_id: Some(certificate.id),
        client_ca_pem: String::new(),
        extra: Default::default(),
        resource_group_id: String::new(),
        created_at: NOW,
        updated_at: NOW,
    };
    writer.put(&domain).await?;

    let listed = if routes.is_empty() { String::new() } else { std::fs::read_to_string(routes)? };
    let lines: Vec<(String, String, String)> = match routes.is_empty() {
        true => vec![("*".into(), "/".into(), "all".into())],
        false => listed
            .lines()
            .filter_map(|line| {
                let mut words = line.split_whitespace().map(str::to_owned);
                let (host, prefix, id) = (words.next()?, words.next()?, words.next()?);
                Some((host, format!("{prefix}/"), id))
            })
            .collect(),
    };
    for (i, (host, prefix, name)) in lines.iter().enumerate() {
        let spec = RouteSpec {
            domain_ids: Vec::new(),
            hosts: vec![host.clone()],
            matches: RouteMatch {
                path: PathMatch { kind: TextMatch::Prefix, value: prefix.clone(), ignore_case: false },
                ..RouteMatch::default()
            },
            order: 0,
            backend: Backend::Services {
                services: vec![WeightedService { service_id: service_id.clone(), port: None, weight: 100, version: None }],
            },
        };
        let id = format!("hr-bench{i:015}");
        writer.put(&Route {
            id: id.as_str().into(),
            number: 2_000_000 + i as i64,
            gateway_id: Some(gateway_id.clone()),
            http_api_id: Some(api_id.clone()),
            environment_id: Some(environment_id.clone()),
            name: name.clone(),
            description: String::new(),
            draft: spec.clone().into(),
            published: Some(spec.into()),
            extra: Default::default(),
            created_at: NOW,
            updated_at: NOW,
        }).await?;
        writer.claim::<Route>(api_id.as_str(), name, &id).await?;
    }
    writer.flush().await?;
    writer.store.close().await?;
    println!(
        "{}",
        serde_json::json!({ "gateway": gateway_id.0, "api": api_id.0, "environment": environment_id.0, "service": service_id.0 })
    );
    Ok(())
}

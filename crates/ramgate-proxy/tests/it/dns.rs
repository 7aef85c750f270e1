//! Services named by host names: resolved, resolved again by their time to live, kept while resolution fails.

use crate::support::client::{connect, get};
use crate::support::objects::*;
use crate::support::{config, origin, start_with};
use ramgate_model::{Address, ServiceSource};
use ramgate_proxy::{Dns, ProxyConfig};
use ramgate_routing::Change;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::UdpSocket;

/// What the name server says of every name: A records with a time to live of 0, or SERVFAIL.
type Records = Arc<Mutex<Option<Vec<Ipv4Addr>>>>;

struct NameServer {
    addr: SocketAddr,
    records: Records,
    queries: Arc<Mutex<Vec<String>>>,
}

impl NameServer {
    async fn start(records: &[[u8; 4]]) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let addr = socket.local_addr().unwrap();
        let records: Records = Arc::new(Mutex::new(Some(records.iter().map(|&r| r.into()).collect())));
        let queries = Arc::new(Mutex::new(Vec::new()));
        let (answers, notes) = (records.clone(), queries.clone());
        tokio::spawn(async move {
            let mut buf = [0; 1500];
            while let Ok((n, peer)) = socket.recv_from(&mut buf).await {
                let (name, answer) = respond(&buf[..n], &answers.lock().unwrap());
                notes.lock().unwrap().push(name);
                let _ = socket.send_to(&answer, peer).await;
            }
        });
        Self { addr, records, queries }
    }

    fn set(&self, records: Option<&[[u8; 4]]>) {
        *self.records.lock().unwrap() = records.map(|r| r.iter().map(|&r| r.into()).collect());
    }
}

/// The answer to a query (RFC 1035 §4): its header and question again, then the records.
fn respond(query: &[u8], records: &Option<Vec<Ipv4Addr>>) -> (String, Vec<u8>) {
    let (mut at, mut name) = (12, String::new());
    while query[at] != 0 {
        let len = usize::from(query[at]);
        name += &format!("{}.", String::from_utf8_lossy(&query[at + 1..=at + len]));
        at += len + 1;
    }
    let is_a = query[at + 1..at + 3] == [0, 1];
    let question = &query[12..at + 5];
    let found = if is_a { records.clone().unwrap_or_default() } else { Vec::new() };
    let rcode = if records.is_none() { 2 } else { 0 };
    let mut out = query[..2].to_vec();
    out.extend([0x81, 0x80 | rcode, 0, 1, 0, found.len() as u8, 0, 0, 0, 0]);
    out.extend(question);
    for ip in found {
        out.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]);
        out.extend(ip.octets());
    }
    (name, out)
}

fn dns_service(host: &str, port: u16, servers: &[SocketAddr]) -> Change {
    let mut service = service_object("svc", &[]);
    service.source = ServiceSource::Dns {
        addresses: vec![Address { host: host.to_owned(), port }],
        dns_servers: servers.iter().map(ToString::to_string).collect(),
    };
    put_service(service)
}

fn fast() -> ProxyConfig {
    let ms = Duration::from_millis;
    ProxyConfig { dns: Dns { min_ttl: ms(50), max_ttl: ms(1000), retry: ms(50) }, ..config() }
}

#[tokio::test]
async fn a_host_name_is_resolved_again_and_keeps_its_addresses_while_that_fails() {
    let a =
        origin::raw_at("127.0.0.1:0".parse().unwrap(), |client, _, notes| origin::serve_echo(client.io, "a ", notes))
            .await;
    // The same port at another address of this machine.
    let other = SocketAddr::new([127, 0, 0, 2].into(), a.addr.port());
    let b = origin::raw_at(other, |client, _, notes| origin::serve_echo(client.io, "b ", notes)).await;
    let server = NameServer::start(&[[127, 0, 0, 1]]).await;
    let changes = vec![dns_service("backend.test", a.addr.port(), &[server.addr]), route("all", "/", "svc")];
    let gateway = start_with(fast(), changes).await;
    // The very first request waits for the first result.
    let mut client = connect(gateway.http).await;
    let answer = client.get("/").await;
    assert!(answer.text().starts_with("a "), "{answer:?}");
    assert!(answer.text().contains("host: a.test"), "the client's, not the service's");

    server.set(Some(&[[127, 0, 0, 2]]));
    let begin = Instant::now();
    while client.get("/").await.text().starts_with("a ") {
        assert!(begin.elapsed() < Duration::from_secs(10), "the new address is not used");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }

    server.set(None);
    server.queries.lock().unwrap().clear();
    let asked = || server.queries.lock().unwrap().iter().filter(|name| *name == "backend.test.").count();
    crate::support::eventually(|| asked() > 4, || "it is not asked again".into()).await;
    assert!(client.get("/").await.text().starts_with("b "), "the old address stays");

    server.set(Some(&[[127, 0, 0, 1], [127, 0, 0, 2]]));
    let mut seen = std::collections::BTreeSet::new();
    let begin = Instant::now();
    while seen.len() < 2 {
        assert!(begin.elapsed() < Duration::from_secs(10), "only {seen:?} of two addresses");
        seen.insert(client.get("/").await.text()[..1].to_owned());
    }
    drop((a, b));
}

#[tokio::test]
async fn a_name_that_never_resolved_gets_503_and_recovers() {
    let origin = origin::echo().await;
    let server = NameServer::start(&[]).await;
    server.set(None);
    let changes = vec![dns_service("backend.test", origin.addr.port(), &[server.addr]), route("all", "/", "svc")];
    let gateway = start_with(fast(), changes).await;
    assert_eq!(get(gateway.http, "/").await.status, 503);
    server.set(Some(&[[127, 0, 0, 1]]));
    let begin = Instant::now();
    while get(gateway.http, "/").await.status != 200 {
        assert!(begin.elapsed() < Duration::from_secs(10), "it does not recover");
    }
}

#[tokio::test]
async fn names_in_the_hosts_file_need_no_name_server() {
    let origin = origin::echo().await;
    let gateway =
        start_with(config(), vec![dns_service("localhost", origin.addr.port(), &[]), route("all", "/", "svc")]).await;
    let mut client = connect(gateway.http).await;
    for _ in 0..10 {
        assert_eq!(client.get("/").await.status, 200);
    }
}

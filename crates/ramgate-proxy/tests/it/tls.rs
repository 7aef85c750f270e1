//! TLS towards clients: certificates by name, replaced live, client certificates; and towards services.

use crate::support::client::Client;
use crate::support::objects::*;
use crate::support::pki::{Authority, Pair, client_config, shake};
use crate::support::{TestGateway, origin, start};
use ramgate_model::{ServiceProtocol, TlsVersion};
use ramgate_routing::Change;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

fn put_pair(id: i64, pair: &Pair) -> Change {
    certificate(id, &pair.cert, &pair.key)
}

/// The certificate that the gateway shows for `name`, in DER.
async fn shown(gateway: &TestGateway, authority: &Authority, name: &str) -> Option<Vec<u8>> {
    let stream = shake(gateway.https, name, client_config(authority, &["http/1.1"], None)).await.ok()?;
    stream.get_ref().1.peer_certificates().map(|certs| certs[0].to_vec())
}

fn der(pair: &Pair) -> Option<Vec<u8>> {
    Some(CertificateDer::from_pem_slice(pair.cert.as_bytes()).unwrap().to_vec())
}

#[tokio::test]
async fn the_certificate_is_chosen_by_name_and_replaced_live() {
    let authority = Authority::new();
    let (a, b, wild) =
        (authority.issue(&["a.test"]), authority.issue(&["b.test"]), authority.issue(&["*.wild.test", "c.wild.test"]));
    let origin = origin::echo().await;
    let mut changes = everything_to(origin.addr);
    changes.extend([put_pair(1, &a), put_pair(2, &b), put_pair(3, &wild)]);
    changes.extend([domain("d1", "a.test", 1), domain("d2", "b.test", 2), domain("d3", "*.wild.test", 3)]);
    let gateway = start(changes).await;
    assert_eq!(shown(&gateway, &authority, "a.test").await, der(&a));
    assert_eq!(shown(&gateway, &authority, "b.test").await, der(&b));
    assert_eq!(shown(&gateway, &authority, "c.wild.test").await, der(&wild));
    assert_eq!(shown(&gateway, &authority, "other.test").await, None, "nobody serves that name");

    let mut old =
        Client::new(shake(gateway.https, "a.test", client_config(&authority, &["http/1.1"], None)).await.unwrap());
    let renewed = authority.issue(&["a.test"]);
    gateway.apply(put_pair(1, &renewed)).await;
    assert_eq!(shown(&gateway, &authority, "a.test").await, der(&renewed));
    assert_eq!(shown(&gateway, &authority, "b.test").await, der(&b));
    // A connection goes on with the certificate that it was made with.
    let answer = old.get("/").await;
    assert!(answer.text().contains("\nx-forwarded-proto: https\n"), "{}", answer.text());
    assert_eq!(gateway.metric("ramgate_proxy_tls_handshake_failures_total"), 1);
}

#[tokio::test]
async fn http2_is_offered_where_the_domain_says_so_and_versions_are_kept_to() {
    let authority = Authority::new();
    let pair = authority.issue(&["a.test", "b.test", "c.test"]);
    let mut without = domain_object("d2", "b.test", 1);
    without.http2 = ramgate_model::Http2Option::Close;
    let mut old = domain_object("d3", "c.test", 1);
    old.tls_max = TlsVersion::V12;
    let gateway =
        start(vec![put_pair(1, &pair), domain("d1", "a.test", 1), put_domain(without), put_domain(old)]).await;
    let shake = |name| shake(gateway.https, name, client_config(&authority, &["h2", "http/1.1"], None));
    assert_eq!(shake("a.test").await.unwrap().get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    assert_eq!(shake("b.test").await.unwrap().get_ref().1.alpn_protocol(), Some(&b"http/1.1"[..]));
    let stream = shake("c.test").await.unwrap();
    assert_eq!(stream.get_ref().1.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_2));
}

#[tokio::test]
async fn a_domain_with_client_authorities_is_closed_to_clients_without_a_certificate_of_theirs() {
    let (authority, clients, others) = (Authority::new(), Authority::new(), Authority::new());
    let pair = authority.issue(&["open.test", "closed.test"]);
    let mut closed = domain_object("d2", "closed.test", 1);
    closed.client_ca_pem = clients.pem();
    let origin = origin::echo().await;
    let mut changes = everything_to(origin.addr);
    changes.extend([put_pair(1, &pair), domain("d1", "open.test", 1), put_domain(closed)]);
    let gateway = start(changes).await;
    let try_get = async |name: &str, host: &str, identity: Option<&Pair>| {
        let stream = shake(gateway.https, name, client_config(&authority, &["http/1.1"], identity)).await.ok()?;
        let mut client = Client::new(stream);
        // In TLS 1.3 the refusal comes behind the client's own end of the handshake.
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        tokio::io::AsyncWriteExt::write_all(&mut client.io, request.as_bytes()).await.ok()?;
        client.status().await
    };
    let (known, unknown) = (clients.issue(&["client"]), others.issue(&["client"]));
    assert_eq!(try_get("closed.test", "closed.test", Some(&known)).await, Some(200));
    assert_eq!(try_get("closed.test", "closed.test", None).await, None);
    assert_eq!(try_get("closed.test", "closed.test", Some(&unknown)).await, None);
    assert_eq!(try_get("open.test", "open.test", None).await, Some(200));
    // Shaking hands for one name and asking for the other does not help.
    assert_eq!(try_get("open.test", "closed.test", None).await, Some(421));
    assert_eq!(try_get("open.test", "CLOSED.test:443", Some(&known)).await, Some(421));
    assert_eq!(try_get("closed.test", "open.test", Some(&known)).await, Some(200));
}

#[tokio::test]
async fn plain_requests_are_redirected_where_the_domain_demands_https() {
    let authority = Authority::new();
    let pair = authority.issue(&["a.test"]);
    let mut forced = domain_object("d1", "a.test", 1);
    forced.force_https = true;
    let origin = origin::echo().await;
    let mut changes = everything_to(origin.addr);
    let mut route = route_object("r", &[], "/", to(&[("svc", 100)]));
    if let Some(spec) = &mut route.published {
        spec.domain_ids = vec!["d1".into()];
    }
    changes.extend([put_pair(1, &pair), put_domain(forced), put_route(route)]);
    let gateway = start(changes).await;
    let answer = crate::support::client::get(gateway.http, "/x?y=z").await;
    // The test's gateway asked for port 0, which stands for no port anybody could be sent to but the entry point's.
    assert_eq!(answer.status, 301);
    assert!(answer.header("location").unwrap().starts_with("https://a.test"), "{answer:?}");
    assert!(answer.header("location").unwrap().ends_with("/x?y=z"), "{answer:?}");
    let stream = shake(gateway.https, "a.test", client_config(&authority, &["http/1.1"], None)).await.unwrap();
    assert_eq!(Client::new(stream).get("/x").await.status, 200);
}

/// A service over TLS that shows `pair` and asks for certificates of `clients`.
async fn tls_origin(pair: &Pair, clients: Option<&Authority>) -> origin::Origin {
    use rustls_pki_types::PrivateKeyDer;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        rustls::ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(authority) => {
            let mut roots = rustls::RootCertStore::empty();
            roots.add(CertificateDer::from_pem_slice(authority.pem().as_bytes()).unwrap()).unwrap();
            let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let chain = vec![CertificateDer::from_pem_slice(pair.cert.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap();
    let mut config = builder.with_single_cert(chain, key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    origin::raw(move |client, _, notes| {
        let acceptor = acceptor.clone();
        async move {
            if let Ok(stream) = acceptor.accept(client.io).await {
                notes.add(format!("sni {:?}", stream.get_ref().1.server_name()));
                origin::serve_echo(stream, "", notes).await;
            }
        }
    })
    .await
}

#[tokio::test]
async fn services_are_called_over_tls_and_verified_where_authorities_are_given() {
    let (authority, other) = (Authority::new(), Authority::new());
    let origin = tls_origin(&authority.issue(&["svc.test"]), None).await;
    let gateway = start(everything_to(origin.addr)).await;
    let status = async |ca: &str, sni: &str, protocol| {
        let mut service = service_object("svc", &[origin.addr]);
        service.protocol = protocol;
        service.tls.enabled = true;
        service.tls.ca_pem = ca.to_owned();
        service.tls.sni = sni.to_owned();
        gateway.apply(put_service(service)).await;
        let answer = crate::support::client::get(gateway.http, "/").await;
        (answer.status, answer.text().lines().next().unwrap_or_default().to_owned())
    };
    let https = ServiceProtocol::Https;
    let right = authority.pem();
    assert_eq!(status(&right, "svc.test", https).await, (200, "GET / HTTP/1.1".to_owned()));
    assert_eq!(status("", "other.test", https).await.0, 200, "nobody is verified without authorities");
    assert_eq!(status(&right, "other.test", https).await.0, 502, "the name is wrong");
    assert_eq!(status(&other.pem(), "svc.test", https).await.0, 502, "the authority is wrong");
    assert_eq!(status(&right, "", https).await.0, 502, "the certificate is not for the address");
    assert_eq!(status("no pem", "svc.test", https).await.0, 503, "nothing is sent without the verification asked for");
    let (code, line) = status(&right, "svc.test", ServiceProtocol::Grpc).await;
    assert_eq!((code, line.ends_with("HTTP/2.0")), (200, true), "{line}");
    assert!(origin.seen().iter().any(|note| note == "sni Some(\"other.test\")"), "{:?}", origin.seen());
}

#[tokio::test]
async fn services_that_ask_for_a_certificate_are_shown_the_configured_one() {
    let (authority, clients) = (Authority::new(), Authority::new());
    let origin = tls_origin(&authority.issue(&["svc.test"]), Some(&clients)).await;
    let mut service = service_object("svc", &[origin.addr]);
    service.protocol = ServiceProtocol::Https;
    service.tls.certificate_id = Some(ramgate_model::CertificateId(7));
    let gateway = start(vec![put_service(service), route("all", "/", "svc")]).await;
    let get = || crate::support::client::get(gateway.http, "/");
    assert_eq!(get().await.status, 503, "the certificate is not there yet");
    gateway.apply(put_pair(7, &clients.issue(&["gateway"]))).await;
    assert_eq!(get().await.status, 200);
    gateway.apply(put_pair(7, &authority.issue(&["gateway"]))).await;
    assert_eq!(get().await.status, 502, "the service does not know this authority");
}

//! What routes do and what services look like, compiled.

use crate::fixture::*;
use http::StatusCode;
use ramgate_model::{Backend, ServiceProtocol, ServiceSource};
use ramgate_routing::{Action, LiveAddress, LiveRoute, LiveService, Selection, ServiceIdentity, ServiceKey, Snapshot};
use std::sync::Arc;

fn only_route(backend: Backend) -> Arc<LiveRoute> {
    let snapshot = routes([route("r", prefix("/")).backend(backend)]);
    let request = get("x", "/");
    match snapshot.gateway(&gateway_key()).unwrap().select(&request.view()) {
        Selection::Route(route) => Arc::clone(route),
        other => panic!("{other:?}"),
    }
}

fn shares(weights: &[u32]) -> Vec<usize> {
    let services = weights.iter().enumerate().map(|(i, weight)| weighted(&format!("svc-{i}"), *weight)).collect();
    let route = only_route(Backend::Services { services });
    let Action::Services(targets) = &route.action else { panic!("{:?}", route.action) };
    let mut shares = vec![0; weights.len()];
    for step in 0..10_000_u64 {
        let target = targets.pick((step * u64::from(u32::MAX) / 9_999) as u32);
        let position = targets.all().iter().position(|other| other == target).unwrap();
        shares[position] += 1;
    }
    shares
}

#[test]
fn requests_are_shared_out_by_weight() {
    assert_eq!(shares(&[30, 70]), [3_000, 7_000]);
    assert_eq!(shares(&[0, 100, 0]), [0, 10_000, 0]);
    assert_eq!(shares(&[1, 1, 2]), [2_500, 2_500, 5_000]);
    assert_eq!(shares(&[0]), [10_000]);
}

#[test]
fn routes_without_a_usable_backend_are_unavailable() {
    let redirect = Backend::Redirect { status: 200, host: String::new(), path: String::new() };
    for backend in [
        Backend::None,
        Backend::Services { services: vec![] },
        Backend::Services { services: vec![weighted("a", 0), weighted("b", 0)] },
        Backend::Mock { status: 99, body: String::new() },
        redirect,
    ] {
        assert_eq!(only_route(backend.clone()).action, Action::Unavailable, "{backend:?}");
    }
}

#[test]
fn mocks_and_redirects_are_kept() {
    let mock = only_route(Backend::Mock { status: 418, body: "tea".into() });
    let Action::Mock(mock) = &mock.action else { panic!("{mock:?}") };
    assert_eq!((mock.status, mock.body.as_ref()), (StatusCode::IM_A_TEAPOT, b"tea".as_slice()));
    let redirect = only_route(Backend::Redirect { status: 308, host: "b.com".into(), path: String::new() });
    let Action::Redirect(redirect) = &redirect.action else { panic!("{redirect:?}") };
    assert_eq!(redirect.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!((redirect.host.as_deref(), redirect.path.as_deref()), (Some("b.com"), None));
}

#[test]
fn a_route_carries_its_names() {
    let route = only_route(Backend::None);
    assert_eq!((route.id.as_ref(), route.name.as_ref(), route.number), ("r", "name of r", 1));
    assert_eq!((route.http_api_id.as_deref(), route.gateway.id()), (Some("api-1"), GATEWAY));
}

fn compiled(service: ramgate_model::Service) -> (Snapshot, ServiceKey) {
    let key = ServiceKey::new(&account(), &service.id);
    (snapshot([service.put()]), key)
}

fn live(snapshot: &Snapshot, key: &ServiceKey) -> LiveService {
    LiveService::clone(snapshot.service(key).unwrap())
}

#[test]
fn fixed_addresses_are_sockets_and_names_are_left_to_be_resolved() {
    let (snapshot, key) = compiled(service("svc", &["10.0.0.1:80", "[::1]:81"]));
    let service = live(&snapshot, &key);
    let sockets = ["10.0.0.1:80", "[::1]:81"].map(|text| LiveAddress::Socket(text.parse().unwrap()));
    assert_eq!((service.addresses.as_ref(), service.needs_dns()), (sockets.as_slice(), false));
    assert_eq!((service.name.as_ref(), service.gateway_id.as_ref()), ("name of svc", GATEWAY));

    let mut named = ramgate_model::Service { ..self::service("svc", &[]) };
    named.source = ServiceSource::Dns {
        addresses: vec!["A.example:80".parse().unwrap(), "10.0.0.1:1".parse().unwrap()],
        dns_servers: ["9.9.9.9", "9.9.9.9:54", "::1", "[::1]:54"].map(String::from).to_vec(),
    };
    let (snapshot, key) = compiled(named);
    let service = live(&snapshot, &key);
    assert!(service.needs_dns());
    assert_eq!(service.addresses[0], LiveAddress::Dns { host: "a.example".into(), port: 80 });
    assert_eq!(service.addresses.iter().map(LiveAddress::port).collect::<Vec<_>>(), [80, 1]);
    let servers = ["9.9.9.9:53", "9.9.9.9:54", "[::1]:53", "[::1]:54"].map(|text| text.parse().unwrap());
    assert_eq!(service.dns_servers.as_ref(), servers);
}

#[test]
fn tls_towards_a_service_follows_from_protocol_or_settings() {
    let tls_of = |protocol, enabled| {
        let mut service = service("svc", &["10.0.0.1:80"]);
        (service.protocol, service.tls.enabled) = (protocol, enabled);
        let (snapshot, key) = compiled(service);
        live(&snapshot, &key).tls
    };
    assert_eq!(tls_of(ServiceProtocol::Http, false), None);
    assert_eq!(tls_of(ServiceProtocol::Grpc, false), None);
    for (protocol, enabled) in [(ServiceProtocol::Https, false), (ServiceProtocol::Grpc, true)] {
        let tls = tls_of(protocol, enabled).unwrap();
        assert_eq!((tls.sni, tls.identity), (None, ServiceIdentity::None));
    }
}

#[test]
fn a_service_waits_for_the_certificate_that_it_shows() {
    let mut secured = service("svc", &["10.0.0.1:443"]);
    secured.protocol = ServiceProtocol::Https;
    secured.tls.sni = "a.com".into();
    secured.tls.certificate_id = Some(ramgate_model::CertificateId(1));
    let (mut snapshot, key) = compiled(secured);
    let tls = live(&snapshot, &key).tls.unwrap();
    assert_eq!(tls.identity, ServiceIdentity::Missing(ramgate_model::CertificateId(1)));
    assert_eq!(tls.sni.as_deref(), Some("a.com"));
    snapshot.apply(certificate(1, "chain").put());
    let identity = live(&snapshot, &key).tls.unwrap().identity;
    assert!(matches!(identity, ServiceIdentity::Present(identity) if identity.chain_pem.as_ref() == "chain"));
}

#[test]
fn kinds_are_read_as_store_keys_write_them() {
    use ramgate_model::{Resource, Route, User};
    use ramgate_routing::Kind;
    assert_eq!(Kind::parse(Route::KIND), Some(Kind::Route));
    assert_eq!(Kind::parse(User::KIND), None);
}

#[test]
fn snapshots_go_from_thread_to_thread() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    check::<Snapshot>();
}

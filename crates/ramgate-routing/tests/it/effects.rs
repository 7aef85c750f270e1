//! What changes ask for outside of the snapshot.

use crate::fixture::*;
use ramgate_model::{Domain, EntryPoint, Gateway, GatewayStatus, Route};
use ramgate_routing::{Effects, GatewayKey, Kind, ListenerChange, ServiceChange, ServiceKey, Snapshot};

fn entry(port: u16) -> EntryPoint {
    gateway("", port).entry
}

fn tls_hosts(effects: &Effects) -> Vec<&str> {
    effects.tls.iter().map(|change| change.host.as_ref()).collect()
}

#[test]
fn a_gateway_opens_moves_and_closes_its_entry_point() {
    let mut snapshot = Snapshot::empty();
    let key = GatewayKey::new(&account(), &"gw".into());
    let open = |port| ListenerChange::Open { gateway: key.clone(), entry: entry(port) };
    let close = |port| ListenerChange::Close { gateway: key.clone(), entry: entry(port) };
    assert_eq!(snapshot.apply(gateway("gw", 80).put()).listeners, [open(80)]);
    assert!(snapshot.apply(gateway("gw", 80).put()).is_empty());
    let renamed = Gateway { name: "other".into(), ..gateway("gw", 80) };
    assert!(snapshot.apply(renamed.put()).is_empty());
    assert_eq!(snapshot.gateway(&key).unwrap().name(), "other");
    assert_eq!(snapshot.apply(gateway("gw", 90).put()).listeners, [close(80), open(90)]);
    assert_eq!(snapshot.listeners().collect::<Vec<_>>(), [(&key, entry(90))]);
    assert_eq!(snapshot.apply(delete(Kind::Gateway, "gw")).listeners, [close(90)]);
    assert!(snapshot.apply(delete(Kind::Gateway, "gw")).is_empty());
    assert_eq!(snapshot.listeners().count(), 0);
}

#[test]
fn a_gateway_listens_while_it_is_made_and_no_longer_while_it_is_deleted() {
    let status = |status| Gateway { status, ..gateway("gw", 80) };
    let mut snapshot = Snapshot::empty();
    assert_eq!(snapshot.apply(status(GatewayStatus::Creating).put()).listeners.len(), 1);
    assert!(snapshot.apply(status(GatewayStatus::Running).put()).is_empty());
    let effects = snapshot.apply(status(GatewayStatus::Deleting).put());
    assert!(matches!(effects.listeners.as_slice(), [ListenerChange::Close { .. }]));
    assert_eq!(snapshot.gateways().count(), 0);
}

#[test]
fn services_are_added_changed_and_removed_once() {
    let mut snapshot = Snapshot::empty();
    let key = ServiceKey::new(&account(), &"svc".into());
    let effects = snapshot.apply(service("svc", &["10.0.0.1:80"]).put());
    assert!(matches!(effects.services.as_slice(), [ServiceChange::Added(service)] if service.key == key));
    let mut described = service("svc", &["10.0.0.1:80"]);
    described.updated_at = 7;
    assert!(snapshot.apply(described.put()).is_empty());
    let effects = snapshot.apply(service("svc", &["10.0.0.2:80"]).put());
    assert!(matches!(effects.services.as_slice(), [ServiceChange::Changed(_)]));
    assert_eq!(snapshot.apply(delete(Kind::Service, "svc")).services, [ServiceChange::Removed(key)]);
    assert!(snapshot.apply(delete(Kind::Service, "svc")).is_empty());
}

#[test]
fn a_certificate_changes_the_sites_and_services_that_show_it_and_no_others() {
    let mut secured = service("svc", &["10.0.0.1:443"]);
    secured.tls.enabled = true;
    secured.tls.certificate_id = Some(ramgate_model::CertificateId(1));
    let own = |domain: Domain| Domain { gateway_id: Some(GATEWAY.into()), ..domain };
    let mut snapshot = snapshot([
        own(https("d-1", "a.com", 1)).put(),
        own(https("d-2", "*.b.com", 1)).put(),
        own(https("d-3", "c.com", 2)).put(),
        secured.put(),
        service("other", &["10.0.0.1:80"]).put(),
    ]);
    let effects = snapshot.apply(certificate(1, "chain").put());
    assert_eq!(tls_hosts(&effects), ["a.com", "*.b.com"]);
    assert!(matches!(effects.services.as_slice(), [ServiceChange::Changed(service)] if service.key.id() == "svc"));
    assert!(snapshot.apply(certificate(1, "chain").put()).is_empty());
    let effects = snapshot.apply(certificate(1, "renewed").put());
    assert_eq!((effects.tls.len(), effects.services.len()), (2, 1));
    let effects = snapshot.apply(delete(Kind::Certificate, "1"));
    assert_eq!((effects.tls.len(), effects.services.len()), (2, 1));
    assert!(snapshot.apply(certificate(9, "unused").put()).is_empty());
}

#[test]
fn the_first_and_the_last_route_of_a_domain_change_its_site() {
    let named = |id: &str| route(id, prefix("/")).domains(&["d"]);
    let mut snapshot = snapshot([certificate(1, "chain").put(), https("d", "a.com", 1).put()]);
    assert_eq!(tls_hosts(&snapshot.apply(named("r1").put())), ["a.com"]);
    assert!(snapshot.apply(named("r2").put()).is_empty());
    // A changed route is never gone in between.
    assert!(snapshot.apply(delete(Kind::Route, "r2")).is_empty());
    assert!(snapshot.apply(named("r1").order(3).put()).is_empty());
    assert_eq!(tls_hosts(&snapshot.apply(delete(Kind::Route, "r1"))), ["a.com"]);
}

#[test]
fn a_renamed_domain_changes_both_names() {
    let own = |name: &str| Domain { gateway_id: Some(GATEWAY.into()), ..https("d", name, 1) };
    let mut snapshot = snapshot([certificate(1, "chain").put(), own("a.com").put()]);
    assert_eq!(tls_hosts(&snapshot.apply(own("b.com").put())), ["a.com", "b.com"]);
    let plain = Domain { gateway_id: Some(GATEWAY.into()), ..domain("d", "b.com") };
    assert_eq!(tls_hosts(&snapshot.apply(plain.put())), ["b.com"]);
}

#[test]
fn a_change_that_traffic_does_not_see_keeps_the_route_as_it_is() {
    let mut snapshot = routes([route("r", prefix("/"))]);
    let before = snapshot.dump();
    let mut edited = route("r", prefix("/"));
    edited.draft.order = 9;
    edited.updated_at = 9;
    assert!(snapshot.apply(edited.put()).is_empty());
    assert_eq!(snapshot.dump(), before);
}

#[test]
fn what_cannot_be_served_is_named_and_left_out() {
    let mut snapshot = routes([route("any", prefix("/"))]);
    let broken: Route = route("r", regex("("));
    let effects = snapshot.apply(broken.put());
    assert_eq!((effects.problems.len(), effects.problems[0].kind), (1, Kind::Route));
    assert_eq!(effects.problems[0].id, "r");
    check(&snapshot, get("x", "/"), "any");

    let mut resolved = service("svc", &["10.0.0.1:80"]);
    resolved.source = ramgate_model::ServiceSource::Dns {
        addresses: vec!["a.com:80".parse().unwrap()],
        dns_servers: vec!["not an ip".into(), "9.9.9.9".into()],
    };
    let effects = snapshot.apply(resolved.put());
    assert_eq!((effects.problems.len(), effects.problems[0].kind), (1, Kind::Service));
}

#[test]
fn a_route_that_becomes_unusable_no_longer_matches() {
    let mut snapshot = routes([route("r", exact("/"))]);
    snapshot.apply(route("r", regex("(")).put());
    check(&snapshot, get("x", "/"), "none");
    assert_eq!(snapshot.dump(), routes([]).dump());
}

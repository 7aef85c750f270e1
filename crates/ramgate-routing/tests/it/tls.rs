//! Which TLS site serves which name.

use crate::fixture::*;
use ramgate_model::{Domain, Http2Option, Route, TlsVersion};
use ramgate_routing::{Change, GatewayTable, Kind, Snapshot};
use std::sync::Arc;

fn table(snapshot: &Snapshot) -> &Arc<GatewayTable> {
    snapshot.gateway(&gateway_key()).unwrap()
}

fn own(domain: Domain) -> Domain {
    Domain { gateway_id: Some(GATEWAY.into()), ..domain }
}

fn mutual(domain: Domain) -> Domain {
    Domain { client_ca_pem: "ca".into(), ..domain }
}

#[track_caller]
fn check_site(snapshot: &Snapshot, sni: Option<&str>, expect: &str) {
    let site = table(snapshot).tls_site(sni);
    assert_eq!(site.map_or("none", |site| site.domain_id.as_ref()), expect, "{sni:?}");
}

#[test]
fn the_exact_name_beats_the_longest_wildcard_beats_the_catch_all() {
    let domains = [("e", "x.a.com"), ("w", "*.a.com"), ("c", "*.com"), ("any", "*")];
    let mut changes = vec![certificate(1, "chain").put()];
    changes.extend(domains.map(|(id, name)| own(https(id, name, 1)).put()));
    let snapshot = snapshot(changes);
    for (sni, expect) in [
        (Some("x.a.com"), "e"),
        (Some("X.A.com."), "e"),
        (Some("y.a.com"), "w"),
        (Some("x.y.a.com"), "w"),
        (Some("a.com"), "c"),
        (Some("a.org"), "any"),
        (None, "any"),
    ] {
        check_site(&snapshot, sni, expect);
    }
    assert_eq!(table(&snapshot).tls_sites().count(), 4);
}

#[test]
fn a_client_without_a_name_is_refused_where_there_is_no_catch_all() {
    let snapshot = snapshot([certificate(1, "chain").put(), own(https("d", "a.com", 1)).put()]);
    check_site(&snapshot, None, "none");
    check_site(&snapshot, Some(""), "none");
    check_site(&snapshot, Some("b.com"), "none");
}

#[test]
fn a_site_says_what_the_domain_says() {
    let mut domain = own(mutual(https("d", "a.com", 7)));
    (domain.tls_min, domain.tls_max, domain.http2) = (TlsVersion::V10, TlsVersion::V12, Http2Option::Close);
    let snapshot = snapshot([domain.put(), certificate(7, "chain").put()]);
    let site = table(&snapshot).tls_site(Some("a.com")).unwrap();
    assert_eq!((site.tls_min, site.tls_max, site.http2), (TlsVersion::V10, TlsVersion::V12, false));
    assert_eq!((site.host.as_ref(), site.client_ca_pem.as_ref()), ("a.com", "ca"));
    let identity = site.identity.as_ref().unwrap();
    assert_eq!((identity.chain_pem.as_ref(), identity.key_pem.expose()), ("chain", "testsecret"));
}

#[test]
fn a_private_key_is_never_printed() {
    let opened = certificate(1, "chain");
    let domain = own(https("d", "a.com", 1));
    let printed = format!("{opened:?} {:?}", opened.clone().put());
    let snapshot = snapshot([opened.put(), domain.put()]);
    let printed = format!("{printed} {:?} {}", table(&snapshot), snapshot.dump());
    assert!(!printed.contains("testsecret"), "{printed}");
}

#[test]
fn a_domain_without_its_certificate_refuses_instead_of_giving_way_to_a_wildcard() {
    let mut snapshot = snapshot([
        certificate(1, "chain").put(),
        own(https("w", "*.a.com", 1)).put(),
        own(mutual(https("d", "x.a.com", 2))).put(),
    ]);
    check_site(&snapshot, Some("x.a.com"), "none");
    assert_eq!(table(&snapshot).tls_site_for_host("x.a.com").unwrap().domain_id.as_ref(), "d");
    snapshot.apply(certificate(2, "chain 2").put());
    check_site(&snapshot, Some("x.a.com"), "d");
    snapshot.apply(delete(Kind::Certificate, "2"));
    check_site(&snapshot, Some("x.a.com"), "none");
}

#[test]
fn a_domain_of_the_account_is_served_where_a_published_route_names_it() {
    let route = route("r", prefix("/")).domains(&["d"]);
    let mut snapshot = snapshot([certificate(1, "chain").put(), https("d", "a.com", 1).put()]);
    check_site(&snapshot, Some("a.com"), "none");
    snapshot.apply(route.clone().put());
    check_site(&snapshot, Some("a.com"), "d");
    snapshot.apply(Route { published: None, ..route }.put());
    check_site(&snapshot, Some("a.com"), "none");
}

#[test]
fn of_two_domains_of_one_name_the_one_that_asks_for_client_certificates_counts_then_the_own_then_the_older() {
    let aged = |domain: Domain, created_at| Domain { created_at, ..domain };
    let site_of = |domains: [Domain; 2]| {
        let ids = domains.clone().map(|domain| domain.id.0);
        let mut changes = vec![certificate(1, "chain").put()];
        changes.push(route("r", prefix("/")).domains(&[&ids[0], &ids[1]]).put());
        changes.extend(domains.map(Put::put));
        let snapshot = snapshot(changes);
        table(&snapshot).tls_site(Some("a.com")).unwrap().domain_id.to_string()
    };
    let plain = |id: &str| https(id, "a.com", 1);
    assert_eq!(site_of([aged(own(plain("a")), 1), aged(mutual(plain("b")), 2)]), "b");
    assert_eq!(site_of([aged(plain("a"), 1), aged(own(plain("b")), 2)]), "b");
    assert_eq!(site_of([aged(plain("a"), 2), aged(plain("b"), 1)]), "b");
    assert_eq!(site_of([aged(plain("b"), 1), aged(plain("a"), 1)]), "a");
}

#[test]
fn a_request_for_a_host_with_client_certificates_is_misdirected_on_a_connection_without() {
    let changes = |ca: &str| -> Vec<Change> {
        let strict = Domain { client_ca_pem: ca.into(), ..own(https("s", "*.s.com", 1)) };
        let other = Domain { client_ca_pem: "other".into(), ..own(https("o", "o.com", 1)) };
        let open = own(https("open", "a.com", 1));
        vec![certificate(1, "chain").put(), strict.put(), open.put(), other.put()]
    };
    let before = snapshot(changes("ca"));
    let site = |snapshot: &Snapshot, sni: &str| Arc::clone(table(snapshot).tls_site(Some(sni)).unwrap());
    let (open, strict, other) = (site(&before, "a.com"), site(&before, "x.s.com"), site(&before, "o.com"));
    assert!(table(&before).is_misdirected(&open, "x.s.com"));
    assert!(table(&before).is_misdirected(&other, "X.S.com."));
    assert!(!table(&before).is_misdirected(&strict, "y.s.com"));
    assert!(!table(&before).is_misdirected(&strict, "a.com"));
    assert!(!table(&before).is_misdirected(&open, "unknown.com"));
    // The connection was made while other authorities were trusted.
    assert!(table(&snapshot(changes("new ca"))).is_misdirected(&strict, "x.s.com"));
}

#[test]
fn a_host_without_client_certificates_is_no_way_around_those_of_a_wildcard() {
    let snapshot = snapshot([
        certificate(1, "chain").put(),
        own(mutual(https("strict", "*.a.com", 1))).put(),
        own(https("open", "y.a.com", 1)).put(),
        route("secret", exact("/secret")).domains(&["strict"]).put(),
        route("public", exact("/public")).domains(&["open"]).put(),
        route("any", prefix("/any")).put(),
    ]);
    check(&snapshot, get("x.a.com", "/secret").secure(), "secret");
    check(&snapshot, get("y.a.com", "/public").secure(), "public");
    check(&snapshot, get("y.a.com", "/secret").secure(), "none");
    check(&snapshot, get("y.a.com", "/any").secure(), "any");
    check(&snapshot, get("y.a.com", "/secret"), "https");
}

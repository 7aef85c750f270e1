//! Host names: literal ones, domains, wildcards, and objects that arrive in any order.

use crate::fixture::*;
use ramgate_model::Domain;
use ramgate_routing::{Kind, Snapshot};

fn of_gateway(id: &str, domain: Domain) -> Domain {
    Domain { gateway_id: Some(id.into()), ..domain }
}

#[test]
fn hosts_have_no_case_and_may_end_in_a_dot() {
    let snapshot = routes([route("a", prefix("/")).hosts(&["A.com"]), route("w", prefix("/")).hosts(&["*.W.com."])]);
    for host in ["a.com", "A.COM", "a.com."] {
        check(&snapshot, get(host, "/"), "a");
    }
    for host in ["x.w.com", "X.W.COM", "x.w.com."] {
        check(&snapshot, get(host, "/"), "w");
    }
    for host in ["b.a.com", "acom", "com", "", ".", "a.com.."] {
        check(&snapshot, get(host, "/"), "none");
    }
}

#[test]
fn a_wildcard_matches_any_depth_but_not_its_own_parent() {
    let snapshot = routes([route("w", prefix("/")).hosts(&["*.a.com"])]);
    check(&snapshot, get("x.a.com", "/"), "w");
    check(&snapshot, get("x.y.z.a.com", "/"), "w");
    for host in ["a.com", ".a.com", "xa.com", "a.com.x", "*a.com"] {
        check(&snapshot, get(host, "/"), "none");
    }
}

#[test]
fn very_long_hosts_reach_the_catch_all_alone() {
    let long = format!("{}.a.com", "x".repeat(300));
    let snapshot = routes([route("w", exact("/w")).hosts(&["*.a.com"]), route("any", prefix("/"))]);
    check(&snapshot, get(&long.to_uppercase(), "/"), "any");
    check(&snapshot, get(&long, "/"), "any");
}

#[test]
fn no_domain_and_no_host_means_every_host() {
    let snapshot = routes([route("any", prefix("/"))]);
    for host in ["a.com", "", "127.0.0.1", "[::1]"] {
        check(&snapshot, get(host, "/"), "any");
    }
}

#[test]
fn a_route_is_reachable_under_its_domains_and_its_hosts_alike() {
    let both = route("r", prefix("/")).domains(&["d-1", "d-2"]).hosts(&["env.example"]);
    let snapshot = snapshot([both.put(), domain("d-1", "a.com").put(), domain("d-2", "*.b.com").put()]);
    for host in ["a.com", "x.b.com", "env.example"] {
        check(&snapshot, get(host, "/"), "r");
    }
    check(&snapshot, get("c.com", "/"), "none");
}

#[test]
fn a_route_whose_domain_is_missing_is_not_reachable_under_every_host() {
    let mut snapshot = snapshot([route("r", prefix("/")).domains(&["d-1"]).put()]);
    check(&snapshot, get("a.com", "/"), "none");
    snapshot.apply(domain("d-1", "a.com").put());
    check(&snapshot, get("a.com", "/"), "r");
    snapshot.apply(delete(Kind::Domain, "d-1"));
    check(&snapshot, get("a.com", "/"), "none");
    snapshot.apply(domain("d-1", "b.com").put());
    check(&snapshot, get("a.com", "/"), "none");
    check(&snapshot, get("b.com", "/"), "r");
}

#[test]
fn a_renamed_domain_takes_all_its_routes_along() {
    let under = |id: &str, path: &str| route(id, exact(path)).domains(&["d-1"]).put();
    let mut snapshot = snapshot([under("r1", "/1"), under("r2", "/2"), domain("d-1", "a.com").put()]);
    snapshot.apply(domain("d-1", "*.b.com").put());
    check(&snapshot, get("a.com", "/1"), "none");
    check(&snapshot, get("x.b.com", "/1"), "r1");
    check(&snapshot, get("x.b.com", "/2"), "r2");
}

#[test]
fn a_domain_of_another_gateway_or_account_is_as_good_as_missing() {
    let mut snapshot = snapshot([route("r", prefix("/")).domains(&["d-1"]).put()]);
    snapshot.apply(of_gateway("gw-2", domain("d-1", "a.com")).put());
    check(&snapshot, get("a.com", "/"), "none");
    let foreign = domain("d-1", "a.com").object("200".into());
    snapshot.apply(delete(Kind::Domain, "d-1"));
    snapshot.apply(ramgate_routing::Change::Put(foreign));
    check(&snapshot, get("a.com", "/"), "none");
    snapshot.apply(of_gateway(GATEWAY, domain("d-1", "a.com")).put());
    check(&snapshot, get("a.com", "/"), "r");
}

#[test]
fn a_route_of_another_account_never_reaches_a_gateway() {
    let foreign = route("r", prefix("/")).object("200".into());
    let snapshot = snapshot([ramgate_routing::Change::Put(foreign)]);
    check(&snapshot, get("a.com", "/"), "none");
}

#[test]
fn two_domains_and_a_literal_host_of_one_name_share_its_level() {
    let snapshot = snapshot([
        domain("d-1", "a.com").put(),
        of_gateway(GATEWAY, domain("d-2", "a.com")).put(),
        route("r1", prefix("/")).domains(&["d-1"]).put(),
        route("r2", prefix("/a")).domains(&["d-2"]).put(),
        route("r3", prefix("/ab")).hosts(&["a.com"]).put(),
    ]);
    check(&snapshot, get("a.com", "/x"), "r1");
    check(&snapshot, get("a.com", "/ax"), "r2");
    check(&snapshot, get("a.com", "/abx"), "r3");
}

#[test]
fn plain_requests_to_a_domain_that_forces_https_are_redirected() {
    let forced = |id: &str, name: &str| Domain { force_https: true, ..https(id, name, 1) };
    let snapshot = snapshot([
        forced("d-1", "a.com").put(),
        forced("d-2", "*.w.com").put(),
        route("a", exact("/a")).domains(&["d-1"]).put(),
        route("w", exact("/w")).domains(&["d-2"]).put(),
        route("x", exact("/x")).hosts(&["x.w.com"]).put(),
        route("any", prefix("/")).put(),
    ]);
    for path in ["/a", "/other"] {
        check(&snapshot, get("A.com", path), "https");
    }
    check(&snapshot, get("a.com", "/a").secure(), "a");
    check(&snapshot, get("a.com", "/other").secure(), "any");
    // A level that answers comes before one that would redirect; a level that does not answer gives way to it.
    check(&snapshot, get("x.w.com", "/x"), "x");
    check(&snapshot, get("x.w.com", "/w"), "https");
    check(&snapshot, get("b.com", "/"), "any");
}

#[test]
fn a_domain_that_asks_for_client_certificates_is_not_served_in_the_clear() {
    let mutual = Domain { client_ca_pem: "ca".into(), ..https("d-1", "a.com", 1) };
    let snapshot = snapshot([mutual.put(), route("r", prefix("/")).domains(&["d-1"]).put()]);
    check(&snapshot, get("a.com", "/"), "https");
    check(&snapshot, get("a.com", "/").secure(), "r");
}

#[test]
fn a_plain_domain_never_redirects() {
    let odd = Domain { force_https: true, ..domain("d-1", "a.com") };
    let snapshot = snapshot([odd.put(), route("r", prefix("/")).domains(&["d-1"]).put()]);
    check(&snapshot, get("a.com", "/"), "r");
}

#[test]
fn a_domain_of_the_account_redirects_only_where_a_route_names_it() {
    let forced = Domain { force_https: true, ..https("d-1", "a.com", 1) };
    let mut snapshot = snapshot([forced.clone().put(), route("any", prefix("/")).put()]);
    check(&snapshot, get("a.com", "/"), "any");
    snapshot.apply(of_gateway(GATEWAY, forced).put());
    check(&snapshot, get("a.com", "/"), "https");
}

#[test]
fn unpublished_and_homeless_routes_are_not_served() {
    let mut draft = route("r", prefix("/"));
    draft.draft = draft.published.take().unwrap();
    let mut homeless = route("h", prefix("/"));
    homeless.gateway_id = None;
    let snapshot = routes([draft, homeless]);
    check(&snapshot, get("x", "/"), "none");
}

#[test]
fn deleting_everything_leaves_an_empty_snapshot() {
    let mut snapshot = snapshot([
        certificate(1, "chain").put(),
        https("d-1", "a.com", 1).put(),
        service("svc-1", &["10.0.0.1:80"]).put(),
        route("r", prefix("/a")).domains(&["d-1", "d-2"]).hosts(&["*.b.com"]).put(),
    ]);
    assert_ne!(snapshot.dump(), "");
    for (kind, id) in [
        (Kind::Gateway, GATEWAY),
        (Kind::Certificate, "1"),
        (Kind::Domain, "d-1"),
        (Kind::Service, "svc-1"),
        (Kind::Route, "r"),
    ] {
        snapshot.apply(delete(kind, id));
    }
    assert_eq!(snapshot.dump(), Snapshot::empty().dump());
    assert_eq!(snapshot.dump(), "");
}

#[test]
fn a_name_that_a_route_gives_twice_counts_once() {
    let twice = route("r", prefix("/")).hosts(&["a.com", "A.com.", "a.com"]).domains(&["d-1", "d-1"]);
    let mut snapshot = routes([twice]);
    check(&snapshot, get("a.com", "/"), "r");
    snapshot.apply(domain("d-1", "b.com").put());
    check(&snapshot, get("b.com", "/"), "r");
    snapshot.apply(delete(Kind::Route, "r"));
    snapshot.apply(delete(Kind::Domain, "d-1"));
    assert_eq!(snapshot.dump(), routes([]).dump());
}

#[test]
fn a_clone_keeps_what_it_had() {
    let mut snapshot = routes([route("r", prefix("/"))]);
    let before = snapshot.clone();
    snapshot.apply(delete(Kind::Route, "r"));
    snapshot.apply(delete(Kind::Gateway, GATEWAY));
    check(&before, get("x", "/"), "r");
    assert!(snapshot.gateway(&gateway_key()).is_none());
}

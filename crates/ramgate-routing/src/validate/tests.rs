use super::*;
use ramgate_model::{RouteMatch, ServiceId};

fn path(kind: TextMatch, value: &str) -> RouteMatch {
    RouteMatch { path: PathMatch { kind, value: value.to_owned(), ignore_case: false }, ..RouteMatch::default() }
}

fn value(key: &str, kind: TextMatch, value: &str) -> ValueMatch {
    ValueMatch { key: key.to_owned(), kind, value: value.to_owned() }
}

fn service(weight: u32) -> WeightedService {
    WeightedService { service_id: ServiceId::from("svc-1"), port: None, weight, version: None }
}

#[track_caller]
fn check(spec: RouteSpec, fields: &[&str]) {
    let problems = validate_route_spec(&spec);
    let found: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(found, fields, "{problems:?}");
}

#[track_caller]
fn check_matches(matches: RouteMatch, fields: &[&str]) {
    check(RouteSpec { matches, ..RouteSpec::default() }, fields);
}

#[track_caller]
fn check_backend(backend: Backend, fields: &[&str]) {
    check(RouteSpec { backend, ..RouteSpec::default() }, fields);
}

#[test]
fn a_route_in_order_has_no_problems() {
    check(RouteSpec::default(), &[]);
    let mut spec =
        RouteSpec { order: 100, hosts: vec!["*.a.com".into(), "*".into(), "b_c.d".into()], ..Default::default() };
    spec.matches = path(TextMatch::Regex, "/users/[0-9]+");
    spec.matches.methods = vec!["GET".into(), "POST".into()];
    spec.matches.headers = vec![value("X-A", TextMatch::Exact, "1"), value("x-b", TextMatch::Regex, "a|b")];
    spec.matches.queries = vec![value("q q", TextMatch::Prefix, "中")];
    spec.backend = Backend::Services { services: vec![service(30), service(70)] };
    check(spec, &[]);
    check_backend(Backend::Services { services: vec![service(0)] }, &[]);
    check_backend(Backend::Mock { status: 200, body: String::new() }, &[]);
    check_backend(Backend::Redirect { status: 308, host: "a.com:8443".into(), path: "/x?y=1".into() }, &[]);
    check_backend(Backend::Redirect { status: 301, host: String::new(), path: String::new() }, &[]);
}

#[test]
fn paths_that_cannot_match_are_named() {
    for text in ["", "a", "/a?b", "/a#b", "/a%", "/a/../b", "/./a", "/a/%2E%2e", "/\n", "/a b", &"/a".repeat(600)] {
        check_matches(path(TextMatch::Exact, text), &["matches.path.value"]);
    }
    for text in ["/a/../", "/./a", "/%2e/"] {
        check_matches(path(TextMatch::Prefix, text), &["matches.path.value"]);
    }
    for text in ["/.", "/a/..", "/.well-known", "/{id}/中"] {
        check_matches(path(TextMatch::Prefix, text), &[]);
    }
    for text in ["(", "[", "a{1001}{1001}", &"a".repeat(1025)] {
        check_matches(path(TextMatch::Regex, text), &["matches.path.value"]);
    }
}

#[test]
fn methods_headers_and_queries_are_checked_one_by_one() {
    let mut matches = RouteMatch { methods: vec!["get".into()], ..RouteMatch::default() };
    matches.headers = vec![
        value("x y", TextMatch::Exact, "1"),
        value("x", TextMatch::Regex, "("),
        value("x", TextMatch::Exact, "a\nb"),
        value(":method", TextMatch::Exact, "GET"),
        value("x", TextMatch::Prefix, &"v".repeat(1025)),
    ];
    matches.queries = vec![value("", TextMatch::Exact, "1"), value("q", TextMatch::Regex, "*")];
    check_matches(
        matches,
        &[
            "matches.methods",
            "matches.headers[0].key",
            "matches.headers[1].value",
            "matches.headers[2].value",
            "matches.headers[3].key",
            "matches.headers[4].value",
            "matches.queries[0].key",
            "matches.queries[1].value",
        ],
    );
}

#[test]
fn orders_and_hosts_out_of_range_are_named() {
    let hosts = ["", "a b", ".a.com", "*a.com", "a.*.com", "a..b", "-/", "a:80"].map(String::from).to_vec();
    let n = hosts.len();
    let spec = RouteSpec { order: 101, hosts, ..RouteSpec::default() };
    let problems = validate_route_spec(&spec);
    assert_eq!(problems.len(), n + 1, "{problems:?}");
}

#[test]
fn weights_of_several_services_sum_to_100() {
    check_backend(Backend::Services { services: vec![] }, &["backend.services"]);
    check_backend(Backend::Services { services: vec![service(50), service(49)] }, &["backend.services"]);
    let too_heavy = vec![service(101), service(u32::MAX)];
    let fields = ["backend.services[0].weight", "backend.services[1].weight", "backend.services"];
    check_backend(Backend::Services { services: too_heavy }, &fields);
    let nameless = WeightedService { service_id: ServiceId::from(""), port: Some(0), ..service(100) };
    let fields = ["backend.services[0].service_id", "backend.services[0].port"];
    check_backend(Backend::Services { services: vec![nameless] }, &fields);
}

#[test]
fn mocks_and_redirects_keep_to_their_statuses() {
    for status in [0, 99, 199, 600, 1000] {
        check_backend(Backend::Mock { status, body: String::new() }, &["backend.status"]);
    }
    let redirect = |status, host: &str, path: &str| Backend::Redirect { status, host: host.into(), path: path.into() };
    check_backend(redirect(304, "", ""), &["backend.status"]);
    check_backend(redirect(302, "a b", ""), &["backend.host"]);
    check_backend(redirect(302, "u:p@a.com", ""), &["backend.host"]);
    for path in ["x", "//evil.example/", "/a\r\nSet-Cookie: x=1", "/\\evil.example"] {
        check_backend(redirect(302, "", path), &["backend.path"]);
    }
}

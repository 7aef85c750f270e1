//! Nothing panics, whatever comes in, and the normal form of a path is what it claims to be.

use crate::fixture::*;
use http::{HeaderMap, Method};
use proptest::prelude::*;
use ramgate_model::TextMatch::{Exact, Prefix, Regex};
use ramgate_model::{Backend, PathMatch, RouteMatch, RouteSpec, TextMatch, ValueMatch};
use ramgate_routing::{RequestView, Snapshot, normalise_path, validate_route_spec};

/// Text that is likely to hit what the parsers look for.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(&[
            "/", "/", "//", ".", "..", "%", "%2e", "%2E", "%2f", "%5c", "%25", "%00", "%61", "%4", "\\", ";", "%3b", "?",
            "#", "*", "a", "A", "com", "&", "=", "+", ":", "é", "(", ")", "[", "{2}", "|", "$m", " ", "\n", "admin",
        ][..]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn text_match() -> impl Strategy<Value = TextMatch> {
    prop::sample::select(&[Exact, Prefix, Regex][..])
}

fn some_snapshot() -> Snapshot {
    routes([
        route("a", exact("/admin/a")).hosts(&["*.a.com"]),
        route("b", prefix("/")).header("x", Exact, "1").query("a", Regex, "[a-z]*"),
        route("c", regex(".*a.*")).any_case(),
        route("d", prefix("/A")).any_case().query("é", Prefix, "%"),
    ])
}

/// What a lenient reader makes of a path: decodes until nothing changes, takes `\` for `/`, cuts parameters off, resolves
/// dot segments.
fn as_a_lenient_reader_sees(path: &str) -> Vec<u8> {
    let mut bytes = path.as_bytes().to_vec();
    loop {
        let decoded = decoded_once(&bytes);
        if decoded == bytes {
            break;
        }
        bytes = decoded;
    }
    let mut out: Vec<&[u8]> = Vec::new();
    for segment in bytes.split(|byte| matches!(byte, b'/' | b'\\')) {
        match segment.split(|byte| *byte == b';').next().unwrap_or_default() {
            b"." => {}
            b".." => drop(out.pop()),
            name => out.push(name),
        }
    }
    out.join(&b'/')
}

fn decoded_once(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let escape = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let escape = escape.filter(|_| *first == b'%').filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &tail[2..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn the_normal_form_of_any_path_is_stable_and_free_of_dot_segments(tail in nasty()) {
        let raw = format!("/{tail}");
        if let Ok(path) = normalise_path(&raw) {
            let again = normalise_path(&path);
            prop_assert_eq!(again.as_deref(), Ok(path.as_ref()));
            prop_assert!(path.starts_with('/'));
            prop_assert!(path.is_ascii());
            prop_assert!(!path.split('/').any(|segment| segment == "." || segment == ".."), "{}", path);
            prop_assert!(path.parse::<http::uri::PathAndQuery>().is_ok_and(|uri| uri.path() == path));
            prop_assert!(!path.bytes().any(|byte| matches!(byte, b'\\' | b'?' | b'#' | 0..=b' ' | 0x7f..)));
        }
    }

    /// A segment of the normal form is never undone by what a later reader resolves.
    #[test]
    fn a_lenient_reader_sees_nothing_above_the_segments_that_were_matched(tail in nasty()) {
        if let Ok(path) = normalise_path(&format!("/public/{tail}")) && path.starts_with("/public/") {
            let seen = as_a_lenient_reader_sees(&path);
            let seen = String::from_utf8_lossy(&seen).into_owned();
            // Mixed layers of escapes (`%25%32e`) become dots only for readers that decode again and again.
            let layered = path.contains("%25");
            prop_assert!(layered || seen.starts_with("/public"), "{} is seen as {}", path, seen);
        }
    }

    #[test]
    fn nothing_that_a_request_can_hold_makes_routing_panic(
        host in nasty(), path in nasty(), query in nasty(), secure in any::<bool>(), method in "[A-Z]{1,8}",
    ) {
        let _ = normalise_path(&path);
        let snapshot = some_snapshot();
        let table = snapshot.gateway(&gateway_key()).unwrap();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let headers = HeaderMap::new();
        let (host, path, query) = (host.as_str(), path.as_str(), query.as_str());
        table.select(&RequestView { secure, host, path, query, method: &method, headers: &headers });
        table.tls_site(Some(host));
        table.tls_site_for_host(host);
    }

    #[test]
    fn nothing_that_a_route_can_hold_makes_the_compiler_panic(
        path in nasty(), kind in text_match(), ignore_case in any::<bool>(), key in nasty(), value in nasty(),
        host in nasty(), value_kind in text_match(), status in any::<u16>(),
    ) {
        let condition = ValueMatch { key, kind: value_kind, value: value.clone() };
        let matches = RouteMatch {
            path: PathMatch { kind, value: path, ignore_case },
            methods: vec![],
            headers: vec![condition.clone()],
            queries: vec![condition],
        };
        let backend = Backend::Redirect { status, host: host.clone(), path: value };
        let spec = RouteSpec { hosts: vec![host], matches, backend, ..RouteSpec::default() };
        let problems = validate_route_spec(&spec);
        let mut snapshot = routes([]);
        let empty = snapshot.dump();
        let effects = snapshot.apply(route("r", prefix("/")).spec(|own| *own = spec).put());
        // What the management side lets pass can be served.
        if problems.is_empty() {
            prop_assert!(effects.problems.is_empty(), "{:?}", effects.problems);
            prop_assert!(snapshot.dump() != empty);
        }
        snapshot.apply(delete(ramgate_routing::Kind::Route, "r"));
        prop_assert_eq!(snapshot.dump(), empty);
    }
}

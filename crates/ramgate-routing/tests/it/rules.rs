//! When a route matches, condition by condition.

use crate::fixture::*;
use http::Method;
use ramgate_model::TextMatch::{Exact, Prefix, Regex};

#[test]
fn an_exact_path_matches_itself_alone() {
    let snapshot = routes([route("r", exact("/a/b"))]);
    check(&snapshot, get("x", "/a/b"), "r");
    check(&snapshot, get("x", "/a/b?c"), "r");
    for path in ["/a", "/a/b/", "/a/bc", "/A/b", "/"] {
        check(&snapshot, get("x", path), "none");
    }
}

#[test]
fn a_prefix_is_a_plain_string_prefix() {
    let snapshot = routes([route("r", prefix("/app"))]);
    for path in ["/app", "/apple", "/app/x"] {
        check(&snapshot, get("x", path), "r");
    }
    for path in ["/ap", "/", "/x/app"] {
        check(&snapshot, get("x", path), "none");
    }
}

#[test]
fn an_expression_matches_the_whole_path() {
    let snapshot = routes([route("r", regex("/u/[0-9]+"))]);
    check(&snapshot, get("x", "/u/42"), "r");
    for path in ["/u/", "/u/42/x", "/x/u/42", "/u/4x"] {
        check(&snapshot, get("x", path), "none");
    }
}

#[test]
fn case_is_ignored_where_the_route_says_so() {
    let snapshot = routes([
        route("e", exact("/Exact")).any_case(),
        route("p", prefix("/Prefix")).any_case(),
        route("r", regex("/Regex/[a-c]+")).any_case(),
        route("s", exact("/Strict")),
    ]);
    check(&snapshot, get("x", "/eXACT"), "e");
    check(&snapshot, get("x", "/PREFIX/x"), "p");
    check(&snapshot, get("x", "/rEGEX/AbC"), "r");
    check(&snapshot, get("x", "/Strict"), "s");
    check(&snapshot, get("x", "/strict"), "none");
}

#[test]
fn paths_match_in_whatever_way_they_are_spelled() {
    let snapshot =
        routes([route("admin", prefix("/admin")), route("odata", exact("/$metadata")), route("all", prefix("/"))]);
    for path in ["/admin", "/%61dmin", "/x/../admin", "/./admin", "/x/%2e%2e/admin", "/%61%64%6D%69%6E/x"] {
        check(&snapshot, get("x", path), "admin");
    }
    for path in ["/$metadata", "/%24metadata", "/%24%6detadata"] {
        check(&snapshot, get("x", path), "odata");
    }
    // An escaped slash is data within a segment, and an empty segment is a segment.
    for path in ["/x%2Fadmin", "//admin", "/%2561dmin"] {
        check(&snapshot, get("x", path), "all");
    }
}

#[test]
fn paths_of_routes_may_be_spelled_in_any_way_too() {
    let snapshot = routes([
        route("a", exact("/%61/%2f")),
        route("b", exact("/{b}")),
        route("c", prefix("/中/")),
        route("d", regex("/é/.*")),
    ]);
    check(&snapshot, get("x", "/a/%2F"), "a");
    check(&snapshot, get("x", "/%7bb%7d"), "b");
    check(&snapshot, get("x", "/%e4%b8%ad/x"), "c");
    check(&snapshot, get("x", "/é/x"), "d");
}

#[test]
fn no_method_means_any_and_several_mean_one_of_them() {
    let snapshot = routes([route("r", exact("/a")).methods(&["POST", "DELETE"]), route("any", exact("/b"))]);
    check(&snapshot, get("x", "/a").method(Method::POST), "r");
    check(&snapshot, get("x", "/a").method(Method::DELETE), "r");
    check(&snapshot, get("x", "/a"), "none");
    check(&snapshot, get("x", "/a").method(Method::HEAD), "none");
    check(&snapshot, get("x", "/a").method(Method::from_bytes(b"post").unwrap()), "none");
    check(&snapshot, get("x", "/a").method(Method::from_bytes(b"PROPFIND").unwrap()), "none");
    check(&snapshot, get("x", "/b").method(Method::from_bytes(b"PROPFIND").unwrap()), "any");
}

#[test]
fn every_standard_method_can_be_named() {
    for name in ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"] {
        let snapshot = routes([route("r", exact("/a")).methods(&[name])]);
        for other in ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"] {
            let expect = if name == other { "r" } else { "none" };
            check(&snapshot, get("x", "/a").method(other.parse().unwrap()), expect);
        }
    }
}

#[test]
fn header_conditions_hold_where_any_value_passes() {
    let snapshot = routes([
        route("e", exact("/e")).header("X-Key", Exact, "One"),
        route("p", exact("/p")).header("x-key", Prefix, "One"),
        route("r", exact("/r")).header("x-key", Regex, "O.e|Two"),
    ]);
    for path in ["/e", "/p", "/r"] {
        let id = &path[1..];
        check(&snapshot, get("x", path).header("x-key", "One"), id);
        check(&snapshot, get("x", path).header("x-key", "zero").header("X-KEY", "One"), id);
        check(&snapshot, get("x", path).header("x-key", "one"), "none");
        check(&snapshot, get("x", path).header("x-other", "One"), "none");
        check(&snapshot, get("x", path), "none");
    }
    check(&snapshot, get("x", "/p").header("x-key", "OneMore"), "p");
    check(&snapshot, get("x", "/e").header("x-key", "OneMore"), "none");
    check(&snapshot, get("x", "/r").header("x-key", "OneMore"), "none");
}

#[test]
fn header_values_beyond_ascii_are_compared_bytewise() {
    let snapshot = routes([route("r", exact("/a")).header("x", Exact, "é")]);
    check(&snapshot, get("x", "/a").header("x", "é"), "r");
}

#[test]
fn a_condition_on_the_host_header_reads_the_host_and_ignores_case() {
    let snapshot = routes([
        route("e", exact("/e")).header("Host", Exact, "A.com"),
        route("p", exact("/p")).header("host", Prefix, "a."),
        route("r", exact("/r")).header("host", Regex, "a\\..*"),
    ]);
    for path in ["/e", "/p", "/r"] {
        check(&snapshot, get("a.COM", path), &path[1..]);
        check(&snapshot, get("b.com", path).header("host", "a.com"), "none");
    }
}

#[test]
fn query_conditions_hold_where_any_decoded_value_passes() {
    let snapshot = routes([
        route("e", exact("/e")).query("k y", Exact, "a b"),
        route("p", exact("/p")).query("k", Prefix, "a b"),
        route("r", exact("/r")).query("k", Regex, "[a-c ]+"),
        route("empty", exact("/empty")).query("k", Exact, ""),
    ]);
    check(&snapshot, get("x", "/e?k+y=a%20b"), "e");
    check(&snapshot, get("x", "/e?z=1&k%20y=x&k%20y=a+b"), "e");
    check(&snapshot, get("x", "/e?k+y=a"), "none");
    check(&snapshot, get("x", "/e?K+y=a+b"), "none");
    check(&snapshot, get("x", "/e"), "none");
    check(&snapshot, get("x", "/p?k=%61+bcd"), "p");
    check(&snapshot, get("x", "/p?k=a"), "none");
    check(&snapshot, get("x", "/r?k=a+b%63"), "r");
    check(&snapshot, get("x", "/r?k=abc"), "r");
    check(&snapshot, get("x", "/r?k=abcd"), "none");
    check(&snapshot, get("x", "/empty?k"), "empty");
    check(&snapshot, get("x", "/empty?k="), "empty");
    check(&snapshot, get("x", "/empty"), "none");
}

#[test]
fn all_conditions_must_hold() {
    let all = route("r", prefix("/a"))
        .hosts(&["a.com"])
        .methods(&["GET"])
        .header("x-a", Exact, "1")
        .header("x-b", Exact, "2")
        .query("q", Exact, "3");
    let snapshot = routes([all]);
    let good = get("a.com", "/a?q=3").header("x-a", "1").header("x-b", "2");
    check(&snapshot, good.clone(), "r");
    check(&snapshot, Request { host: "b.com".into(), ..good.clone() }, "none");
    check(&snapshot, Request { path: "/b".into(), ..good.clone() }, "none");
    check(&snapshot, Request { query: "q=4".into(), ..good.clone() }, "none");
    check(&snapshot, good.method(Method::POST), "none");
    check(&snapshot, get("a.com", "/a?q=3").header("x-a", "1"), "none");
}

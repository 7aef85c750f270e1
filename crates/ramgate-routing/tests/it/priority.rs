//! Which of several matching routes is chosen. In each test the route that should lose was made earlier, has the smaller id
//! and arrives first, unless that is the point.

use crate::fixture::*;
use ramgate_model::TextMatch::{Exact, Regex};
use ramgate_model::{Route, Timestamp};

/// `winner` beats `loser` in either order of arrival, and `loser` takes over where `winner` is not there.
#[track_caller]
fn beats(winner: Route, loser: Route, request: Request) {
    let winner = Route { id: "z-winner".into(), ..winner }.created_at(2);
    let loser = Route { id: "a-loser".into(), ..loser }.created_at(1);
    beats_as_made(winner, loser, request);
}

#[track_caller]
fn beats_as_made(winner: Route, loser: Route, request: Request) {
    let (first, second) = (winner.id.0.clone(), loser.id.0.clone());
    check(&routes([winner.clone(), loser.clone()]), request.clone(), &first);
    check(&routes([loser.clone(), winner]), request.clone(), &first);
    check(&routes([loser]), request, &second);
}

#[test]
fn the_exact_host_beats_wildcards_and_everything_else() {
    let strong = || exact("/a");
    let request = || get("x.a.com", "/a").header("k", "v");
    let rich = |hosts: &[&str]| route("", strong()).hosts(hosts).header("k", Exact, "v").methods(&["GET"]);
    beats(route("", prefix("/")).hosts(&["x.a.com"]).order(100), rich(&["*.a.com"]).order(0), request());
    beats(route("", prefix("/")).hosts(&["*.a.com"]).order(100), rich(&["*.com"]).order(0), request());
    beats(route("", prefix("/")).hosts(&["*.com"]).order(100), rich(&["*"]).order(0), request());
    beats(route("", prefix("/")).hosts(&["*.com"]).order(100), rich(&[]).order(0), request());
}

#[test]
fn a_host_without_a_matching_route_gives_way_to_the_next_level() {
    let snapshot = routes([
        route("exact", exact("/e")).hosts(&["x.a.com"]),
        route("wild", exact("/w")).hosts(&["*.a.com"]),
        route("short", exact("/s")).hosts(&["*.com"]),
        route("any", exact("/any")),
    ]);
    check(&snapshot, get("x.a.com", "/e"), "exact");
    check(&snapshot, get("x.a.com", "/w"), "wild");
    check(&snapshot, get("x.a.com", "/s"), "short");
    check(&snapshot, get("x.a.com", "/any"), "any");
    check(&snapshot, get("x.a.com", "/none"), "none");
}

#[test]
fn the_smaller_order_beats_the_better_path() {
    beats(route("", regex("/.*")).order(1), route("", exact("/a")).order(2), get("x", "/a"));
    beats(route("", prefix("/")).order(0), route("", prefix("/a")).order(1), get("x", "/a"));
    let stronger = route("", exact("/a")).order(100).header("k", Exact, "v");
    beats(route("", regex("/.")).order(99), stronger, get("x", "/a").header("k", "v"));
}

#[test]
fn an_exact_path_beats_a_prefix_and_a_prefix_beats_an_expression() {
    beats(route("", exact("/a")), route("", prefix("/a")).header("k", Exact, "v"), get("x", "/a").header("k", "v"));
    beats(route("", prefix("/")), route("", regex("/abc/.*")), get("x", "/abc/d"));
    beats(route("", exact("/a")), route("", regex("/[a-z]+")), get("x", "/a"));
}

#[test]
fn the_longer_path_beats_more_conditions() {
    beats(route("", prefix("/ab")), route("", prefix("/a")).header("k", Exact, "v"), get("x", "/abc").header("k", "v"));
    beats(route("", regex("/a[b]+c")), route("", regex("/a.*")).query("k", Exact, "v"), get("x", "/abc?k=v"));
}

#[test]
fn a_longer_prefix_that_fails_a_condition_gives_way_to_a_shorter_one() {
    let snapshot = routes([
        route("long", prefix("/a/b/c")).methods(&["PUT"]),
        route("middle", prefix("/a/b")).header("k", Exact, "v"),
        route("short", prefix("/a")),
        route("root", prefix("/")),
    ]);
    check(&snapshot, get("x", "/a/b/c").method(http::Method::PUT), "long");
    check(&snapshot, get("x", "/a/b/c").header("k", "v"), "middle");
    check(&snapshot, get("x", "/a/b/c"), "short");
    check(&snapshot, get("x", "/b"), "root");
}

#[test]
fn more_header_conditions_beat_more_query_conditions() {
    let request = || get("x", "/a?p=1&q=2").header("k", "v").header("l", "w");
    let queries = || route("", exact("/a")).query("p", Exact, "1").query("q", Exact, "2");
    beats(route("", exact("/a")).header("k", Exact, "v"), queries(), request());
    let two = route("", exact("/a")).header("k", Exact, "v").header("l", Regex, "w");
    beats(two, queries().header("k", Exact, "v"), request());
}

#[test]
fn more_query_conditions_beat_fewer() {
    let one = || route("", exact("/a")).query("p", Exact, "1");
    beats(one().query("q", Exact, "2"), one(), get("x", "/a?p=1&q=2"));
    beats(one(), route("", exact("/a")).methods(&["GET"]), get("x", "/a?p=1"));
}

#[test]
fn a_route_for_some_methods_beats_one_for_all() {
    beats(route("", exact("/a")).methods(&["GET", "PUT"]), route("", exact("/a")), get("x", "/a"));
}

#[test]
fn the_earlier_route_beats_the_later_and_the_smaller_id_decides_last() {
    let made = |id: &str, at: Timestamp| Route { id: id.into(), ..route("", exact("/a")) }.created_at(at);
    beats_as_made(made("z", 1), made("a", 2), get("x", "/a"));
    beats_as_made(made("z", -5), made("a", 0), get("x", "/a"));
    beats_as_made(made("a", 1), made("b", 1), get("x", "/a"));
}

#[test]
fn routes_that_ignore_case_compete_with_those_that_do_not() {
    beats(route("", prefix("/ab")).any_case(), route("", prefix("/a")), get("x", "/abc"));
    beats(route("", prefix("/ab")), route("", prefix("/a")).any_case(), get("x", "/abc"));
    beats_as_made(
        Route { id: "z".into(), ..route("", exact("/a")).any_case() }.created_at(1),
        Route { id: "a".into(), ..route("", exact("/a")) }.created_at(2),
        get("x", "/a"),
    );
}

#[test]
fn many_routes_on_one_path_are_told_apart_by_their_conditions() {
    let tenant = |i: u32| route(&format!("r{i}"), prefix("/")).header("x-tenant", Exact, &format!("t{i}"));
    let methods = ["GET", "PUT"].map(|method| route(method, prefix("/")).methods(&[method]));
    let snapshot = routes((0..100).map(tenant).chain(methods));
    for i in [0, 1, 50, 99] {
        check(&snapshot, get("x", "/a").header("x-tenant", &format!("t{i}")), &format!("r{i}"));
    }
    check(&snapshot, get("x", "/a").header("x-tenant", "t100"), "GET");
    check(&snapshot, get("x", "/a").method(http::Method::POST), "none");
}

#[test]
fn many_routes_on_one_path_are_told_apart_by_the_host_header_without_case() {
    let snapshot =
        routes((0..40).map(|i| route(&format!("r{i}"), prefix("/")).header("Host", Exact, &format!("H{i}.com"))));
    check(&snapshot, get("h7.com", "/"), "r7");
    check(&snapshot, get("H39.COM", "/"), "r39");
}

#[test]
fn more_nested_prefixes_than_are_remembered_at_a_time_still_find_the_best() {
    let path = |n: usize| format!("/{}", "a".repeat(n));
    let snapshot = routes((0..60).map(|n| {
        let route = route(&format!("r{n}"), prefix(&path(n)));
        if n == 20 { route.order(0) } else { route.order(1) }
    }));
    check(&snapshot, get("x", &path(10)), "r10");
    check(&snapshot, get("x", &path(19)), "r19");
    check(&snapshot, get("x", &path(70)), "r20");
}

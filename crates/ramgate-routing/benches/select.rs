//! What routing costs as the number of routes grows: one selection, one change, memory. Prints; asserts nothing of time.
//!
//! `cargo bench -p ramgate-routing` runs all sizes; `cargo bench -p ramgate-routing -- 10000 REST` one size of one
//! layout.

#![allow(unreachable_pub, reason = "the fixture is shared with the tests")]

#[path = "../tests/it/fixture.rs"]
mod fixture;

use fixture::*;
use ramgate_model::{Route, TextMatch};
use ramgate_routing::{Change, GatewayTable, Selection, Snapshot};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Counts the bytes in use.
struct Counting;

#[expect(unsafe_code, reason = "an allocator cannot be written without; it only counts and passes on")]
// SAFETY: every call is passed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How routes are laid out, and the request that each route answers.
struct Scenario {
    name: &'static str,
    route: fn(usize, usize) -> (Route, Request),
}

const LAYOUTS: &[Scenario] = &[
    Scenario { name: "10 hosts", route: |i, _| prefixed(i, i % 10, i / 10) },
    Scenario { name: "n/100 hosts", route: |i, n| prefixed(i, i % (n / 100).max(1), i / (n / 100).max(1)) },
    Scenario { name: "one host", route: |i, _| prefixed(i, 0, i) },
    Scenario { name: "n hosts", route: |i, _| prefixed(i, i, 0) },
    Scenario { name: "REST mix", route: |i, _| rest(i) },
    Scenario { name: "one path, headers", route: |i, _| tenant(i) },
    Scenario { name: "expressions", route: |i, _| expression(i) },
];

fn route_id(i: usize) -> String {
    format!("hr-cq7l5s5lhtg{i:08}")
}

fn host(i: usize) -> String {
    format!("svc{i}.bench.example.com")
}

fn prefixed(i: usize, h: usize, p: usize) -> (Route, Request) {
    let host = host(h);
    let route = route(&route_id(i), prefix(&format!("/p{p}/"))).hosts(&[&host]);
    (route, get(&host, &format!("/p{p}/items/1?q=1")))
}

/// Half exact, a quarter restricted to a method, one in ten with a header, one in a hundred an expression.
fn rest(i: usize) -> (Route, Request) {
    let host = host(i % 10);
    let path = format!("/api/v1/resource{i}/items");
    let request = get(&host, &path);
    let route = match i % 100 {
        0 => route(&route_id(i), regex(&format!("/api/v1/resource{i}/[a-z]+"))),
        k if k < 50 => route(&route_id(i), exact(&path)),
        _ => route(&route_id(i), prefix(&path)),
    };
    let route = if i.is_multiple_of(4) { route.methods(&["GET", "HEAD"]) } else { route };
    match i % 10 {
        0 => (route.hosts(&[&host]).header("x-env", TextMatch::Exact, "prod"), request.header("x-env", "prod")),
        _ => (route.hosts(&[&host]), request),
    }
}

fn tenant(i: usize) -> (Route, Request) {
    let tenant = format!("tenant-{i}");
    let route = route(&route_id(i), prefix("/")).header("x-tenant", TextMatch::Exact, &tenant);
    (route, get("a.com", "/items").header("x-tenant", &tenant))
}

fn expression(i: usize) -> (Route, Request) {
    let route = route(&route_id(i), regex(&format!("/r{i}/users/[0-9]+(/orders|/bills)?")));
    (route, get("a.com", &format!("/r{i}/users/4711/orders")))
}

/// The mean time of a call in the least disturbed of many short rounds: what the code costs, not its neighbours on the
/// machine.
fn time(mut call: impl FnMut(usize)) -> Duration {
    const CALLS: usize = 2_000;
    let mut first = 0;
    let round = |_| {
        let calls = first..first + CALLS;
        first += CALLS;
        let start = Instant::now();
        calls.for_each(&mut call);
        start.elapsed() / CALLS as u32
    };
    (0..200).map(round).min().unwrap_or_default()
}

fn resident_mib() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: f64 = statm.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0);
    pages * 4096.0 / f64::from(1 << 20)
}

/// A walk over `0..n` without a pattern that the processor's caches could learn.
fn shuffled(n: usize) -> impl Iterator<Item = usize> {
    let mut state = 1_u64;
    (0..).map(move |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % n
    })
}

fn measure(layout: &Scenario, n: usize) {
    let before = LIVE.load(Relaxed);
    let start = Instant::now();
    let changes = (0..n).map(|i| (layout.route)(i, n).0.put());
    let mut snapshot = snapshot(changes);
    let built = start.elapsed();
    let bytes = LIVE.load(Relaxed) - before;
    let resident = resident_mib();

    let sample: Vec<usize> = shuffled(n).take(1_000.min(n)).collect();
    let requests: Vec<_> = sample.iter().map(|&i| (route_id(i), (layout.route)(i, n).1)).collect();
    let table: &GatewayTable = snapshot.gateway(&gateway_key()).expect("the gateway is there");
    for (id, request) in &requests {
        let Selection::Route(route) = table.select(&request.view()) else { panic!("no route for {request:?}") };
        assert_eq!(route.id.as_ref(), id);
    }
    let views: Vec<_> = requests.iter().map(|(_, request)| request.view()).collect();
    let hit = time(|i| {
        black_box(table.select(black_box(&views[i % views.len()])));
    });
    let stranger = get("svc3.bench.example.com", "/nothing/here");
    let miss = time(|_| {
        black_box(table.select(black_box(&stranger.view())));
    });

    // Each change as the watcher makes it: earlier readers keep their snapshot, so that paths are copied.
    let changed: Vec<(Change, Change)> = sample
        .iter()
        .take(500)
        .map(|&i| {
            let route = (layout.route)(i, n).0;
            (route.clone().order(1).put(), route.put())
        })
        .collect();
    let mut costs = Vec::new();
    for (there, back) in changed.iter().cycle().take(2_000) {
        for change in [there, back] {
            let change = change.clone();
            let reader = snapshot.clone();
            let start = Instant::now();
            snapshot.apply(change);
            costs.push(start.elapsed());
            drop(black_box(reader));
        }
    }
    costs.sort();
    let percentile = |percent: usize| costs.get(costs.len() * percent / 100).copied().unwrap_or_default();
    println!(
        "{:18} {n:>7} {:>9} {:>9} {:>11} {:>11} {:>9} {:>9.1} {:>9.1} {:>10.0}",
        layout.name,
        hit.as_nanos(),
        miss.as_nanos(),
        percentile(50).as_nanos(),
        percentile(99).as_nanos(),
        bytes / n,
        bytes as f64 / f64::from(1 << 20),
        resident,
        built.as_secs_f64() * 1e3,
    );
    drop(Snapshot::clone(&snapshot));
}

fn main() {
    let wanted: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if wanted.is_empty() { vec![100, 10_000, 100_000] } else { wanted };
    println!(
        "{:18} {:>7} {:>9} {:>9} {:>11} {:>11} {:>9} {:>9} {:>9} {:>10}",
        "layout",
        "routes",
        "hit ns",
        "miss ns",
        "change p50",
        "change p99",
        "B/route",
        "heap MiB",
        "RSS MiB",
        "build ms"
    );
    let named: Vec<_> =
        std::env::args().skip(1).filter(|a| a.parse::<usize>().is_err() && !a.starts_with('-')).collect();
    let is_wanted =
        |layout: &&Scenario| named.is_empty() || named.iter().any(|name| layout.name.contains(name.as_str()));
    for layout in LAYOUTS.iter().filter(is_wanted) {
        for &n in &sizes {
            measure(layout, n);
        }
    }
}

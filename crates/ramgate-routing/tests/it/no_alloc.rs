//! Choosing a route allocates nothing on ordinary requests.

use crate::fixture::*;
use http::Method;
use ramgate_model::TextMatch::{Exact, Prefix, Regex};
use ramgate_routing::{Selection, normalise_path};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

#[expect(unsafe_code, reason = "an allocator cannot be written without; it only counts and passes on")]
// SAFETY: every call is passed to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(f: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.get();
    f();
    ALLOCATIONS.get() - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(std::hint::black_box(Box::new(1)))), 1);
}

#[test]
fn choosing_a_route_allocates_nothing() {
    let snapshot = routes([
        route("exact", exact("/exact")).hosts(&["a.com"]),
        route("folded", prefix("/FOLDED")).hosts(&["a.com"]).any_case(),
        route("regex", regex("/users/[0-9]+/.*")).hosts(&["a.com"]),
        route("header", prefix("/h")).header("x-a", Exact, "1").header("x-b", Regex, "[a-z]+"),
        route("query", prefix("/q")).query("a b", Prefix, "x y").query("c", Regex, "[a-z ]+"),
        route("method", prefix("/m")).methods(&["PATCH", "DELETE"]).hosts(&["*.b.com"]),
    ]);
    let table = snapshot.gateway(&gateway_key()).unwrap();
    for (expect, request) in [
        ("exact", get("a.com", "/exact")),
        ("exact", get("A.COM.", "/exact")),
        ("folded", get("a.com", "/Folded/x")),
        ("regex", get("a.com", "/users/42/orders")),
        ("header", get("other", "/h/%24%2F").header("x-a", "0").header("x-a", "1").header("x-b", "abc")),
        ("query", get("other", "/q?z=1&a+b=x%20y&c=d+e")),
        ("method", get("x.y.b.com", "/m").method(Method::DELETE)),
        ("none", get("x.y.b.com", "/nothing/here")),
    ] {
        let view = request.view();
        let mut chosen = "none";
        let n = allocations(|| {
            if let Selection::Route(route) = table.select(&view) {
                chosen = &route.id;
            }
        });
        assert_eq!((chosen, n), (expect, 0), "{request:?}");
    }
    assert_eq!(allocations(|| assert!(table.tls_site(Some("X.b.com")).is_none())), 0);
}

#[test]
fn an_ordinary_path_is_normalised_without_allocation() {
    assert_eq!(allocations(|| drop(normalise_path("/api/v1/users:batch/a.b;c=d,e"))), 0);
}

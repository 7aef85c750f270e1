//! Matching and forwarding over HTTP/1.1.

use crate::support::client::{connect, get};
use crate::support::objects::*;
use crate::support::{config, eventually, origin, start, start_with};
use ramgate_model::Backend;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test]
async fn requests_go_to_the_service_of_their_route_with_what_a_service_has_to_know() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client
        .send(
            "POST /p/a?b=c&d HTTP/1.1\r\nHost: A.Test:8080\r\nX-Forwarded-For: 6.6.6.6\r\nX-Request-Id: mine\r\n\
             Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTE: trailers, deflate\r\nContent-Length: 5\r\n\r\nhello",
        )
        .await;
    let answer = client.answer().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("server"), Some("ramgate"));
    let text = answer.text();
    assert!(text.starts_with("POST /p/a?b=c&d HTTP/1.1\n"), "{text}");
    assert!(text.ends_with("\n\nhello"), "{text}");
    for line in [
        "host: A.Test:8080",
        "x-forwarded-for: 127.0.0.1",
        "x-forwarded-proto: http",
        "x-forwarded-host: A.Test:8080",
        "te: trailers",
        "content-length: 5",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line} is missing in {text}");
    }
    for name in ["x-hop", "keep-alive", "connection", "6.6.6.6", "mine"] {
        assert!(!text.contains(name), "{name} is in {text}");
    }
    let id = text.lines().find_map(|l| l.strip_prefix("x-request-id: ")).unwrap();
    assert_eq!(id.len(), 36);
    assert_eq!(id.as_bytes()[14], b'4', "a random UUID");
}

#[tokio::test]
async fn trusted_proxies_are_believed() {
    let origin = origin::echo().await;
    let config = ramgate_proxy::ProxyConfig { trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()], ..config() };
    let gateway = start_with(config, everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client
        .send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Request-Id: mine\r\n\r\n")
        .await;
    let answer = client.answer().await;
    assert!(answer.text().contains("\nx-forwarded-for: 6.6.6.6, 127.0.0.1\n"), "{}", answer.text());
    assert!(answer.text().contains("\nx-forwarded-proto: https\n"));
    assert!(answer.text().contains("\nx-request-id: mine\n"));
}

#[tokio::test]
async fn connections_to_services_are_used_again() {
    let origin = origin::echo().await;
    let gateway = start_with(
        ramgate_proxy::ProxyConfig { workers: std::num::NonZeroUsize::MIN, ..config() },
        everything_to(origin.addr),
    )
    .await;
    for _ in 0..5 {
        let mut client = connect(gateway.http).await;
        for n in 0..20 {
            let path = format!("/{n}");
            assert!(client.get(&path).await.text().starts_with(&format!("GET {path} ")));
        }
    }
    assert_eq!(origin.connections(), 1);
    assert_eq!(gateway.metric("ramgate_proxy_upstream_connects_total"), 1);
    assert_eq!(gateway.metric("ramgate_proxy_requests_total{gateway_id=\"gw-test\",status=\"2xx\"}"), 100);
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    let mut all = String::new();
    for n in 0..50 {
        let body = "x".repeat(n * 100);
        all += &format!("POST /{n} HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    }
    client.send(all).await;
    for n in 0..50 {
        let answer = client.answer().await;
        assert!(answer.text().starts_with(&format!("POST /{n} ")), "{n}");
        assert!(answer.text().ends_with(&format!("\n\n{}", "x".repeat(n * 100))), "{n}");
    }
}

#[tokio::test]
async fn requests_are_shared_out_by_weight_and_endpoints_taken_in_turn() {
    let (a, b, c) = (origin::named("a ").await, origin::named("b ").await, origin::named("c ").await);
    let gateway = start(vec![
        service("one", &[a.addr, b.addr]),
        service("two", &[c.addr]),
        put_route(route_object("r", &[], "/", to(&[("one", 80), ("two", 20)]))),
        put_route(route_object("turn", &[], "/turn", to(&[("one", 100)]))),
    ])
    .await;
    let mut client = connect(gateway.http).await;
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..500 {
        let name = client.get("/").await.text()[..1].to_owned();
        *counts.entry(name).or_insert(0u32) += 1;
    }
    // Six standard deviations around 100.
    assert!((46..=154).contains(&counts["c"]), "{counts:?}");
    assert!(counts["a"].abs_diff(counts["b"]) <= 1, "{counts:?}");
    let mut turns = String::new();
    for _ in 0..6 {
        turns.push_str(&client.get("/turn").await.text()[..1]);
    }
    assert!(["ababab", "bababa"].contains(&turns.as_str()), "{turns}");
}

#[tokio::test]
async fn mocks_and_redirects_are_answered_without_a_service() {
    let mock = |status, body: &str| Backend::Mock { status, body: body.to_owned() };
    let redirect =
        |status, host: &str, path: &str| Backend::Redirect { status, host: host.to_owned(), path: path.to_owned() };
    let gateway = start(vec![
        put_route(route_object("json", &[], "/json", mock(201, "{\"a\":1}"))),
        put_route(route_object("text", &[], "/text", mock(200, "hello"))),
        put_route(route_object("none", &[], "/none", mock(204, "dropped"))),
        put_route(route_object("whole", &[], "/whole", redirect(302, "b.test:81", "/x"))),
        put_route(route_object("host", &[], "/host", redirect(308, "b.test", ""))),
        put_route(route_object("path", &[], "/path", redirect(301, "", "/x?z=1"))),
    ])
    .await;
    let mut client = connect(gateway.http).await;
    let answer = client.get("/json").await;
    assert_eq!(
        (answer.status, answer.text(), answer.header("content-type")),
        (201, "{\"a\":1}", Some("application/json"))
    );
    let answer = client.get("/text").await;
    assert_eq!((answer.status, answer.text()), (200, "hello"));
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    let answer = client.get("/none").await;
    assert_eq!((answer.status, answer.text()), (204, ""));
    for (path, status, location) in [
        ("/whole?q=1", 302, "http://b.test:81/x?q=1"),
        ("/host/y?q=1", 308, "http://b.test/host/y?q=1"),
        ("/path?q=1", 301, "http://a.test/x?z=1"),
    ] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (status, Some(location)));
    }
}

#[tokio::test]
async fn heads_and_answers_without_body_keep_their_headers_and_the_connection() {
    let origin = origin::fixed("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nX-A: b\r\n\r\n").await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    for _ in 0..3 {
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let head = client.head().await;
        assert_eq!((head.status, head.header("content-length"), head.header("x-a")), (200, Some("1000"), Some("b")));
    }
    assert_eq!(origin.connections(), 1);

    for status in ["204 No Content", "304 Not Modified"] {
        let text: &'static str = Box::leak(format!("HTTP/1.1 {status}\r\nX-A: b\r\n\r\n").into());
        let origin = origin::fixed(text).await;
        gateway.apply(service("svc", &[origin.addr])).await;
        for _ in 0..2 {
            let answer = client.get("/").await;
            assert_eq!((answer.header("x-a"), answer.text()), (Some("b"), ""), "{status}");
        }
    }
}

#[tokio::test]
async fn http_1_0_clients_get_answers_that_end_with_the_connection() {
    let origin = origin::fixed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n").await;
    let gateway = start(everything_to(origin.addr)).await;
    let text = crate::support::client::talk(gateway.http, "GET / HTTP/1.0\r\nHost: a\r\n\r\n").await;
    assert!(text.starts_with("HTTP/1.0 200 OK\r\n"), "{text}");
    assert!(text.ends_with("\r\n\r\nhello"), "{text}");
    assert!(!text.to_ascii_lowercase().contains("transfer-encoding"), "{text}");
}

#[tokio::test]
async fn a_client_that_expects_100_is_told_to_go_on() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n").await;
    assert_eq!(client.head().await.status, 100);
    client.send("hello").await;
    let answer = client.answer().await;
    assert!(answer.text().ends_with("\n\nhello"));
    assert!(!answer.text().contains("expect"), "{}", answer.text());
    let answer = crate::support::client::talk(
        gateway.http,
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\nContent-Length: 5\r\n\r\n",
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 417 "), "{answer}");
}

#[tokio::test]
async fn a_route_change_is_live_at_once_and_fails_no_request_under_load() {
    let (a, b) = (origin::named("a ").await, origin::named("b ").await);
    let gateway = start(vec![service("a", &[a.addr]), service("b", &[b.addr]), route("r", "/", "a")]).await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut load = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (stop, addr) = (stop.clone(), gateway.http);
        load.spawn(async move {
            let mut client = connect(addr).await;
            let mut n = 0;
            while !stop.load(Ordering::Relaxed) {
                let answer = client.get("/").await;
                assert_eq!(answer.status, 200, "{}", answer.head);
                n += 1;
            }
            n
        });
    }
    for i in 0..100 {
        let (name, other) = if i % 2 == 0 { ("b", "a") } else { ("a", "b") };
        gateway.apply(route("r", "/", name)).await;
        // A new connection, as any request after the change: the new service answers.
        assert_eq!(&get(gateway.http, "/").await.text()[..1], name);
        // The service that nobody needs any more changes its port, as far as the gateway is concerned.
        gateway.apply(service(other, &[if other == "a" { a.addr } else { b.addr }])).await;
    }
    stop.store(true, Ordering::Relaxed);
    let counts = load.join_all().await;
    assert!(counts.iter().all(|&n: &i32| n > 10), "{counts:?}");
}

#[tokio::test]
async fn paths_are_matched_and_forwarded_in_one_normal_form() {
    let origin = origin::echo().await;
    let gateway = start(vec![
        service("svc", &[origin.addr]),
        route("all", "/", "svc"),
        put_route(route_object("admin", &[], "/admin", Backend::Mock { status: 403, body: String::new() })),
    ])
    .await;
    let mut client = connect(gateway.http).await;
    for path in ["/admin", "/a/../admin", "/%61dmin", "/./admin/x", "/a/%2e%2e/admin"] {
        assert_eq!(client.get(path).await.status, 403, "{path}");
    }
    assert!(client.get("/x%20y/./z?q=%20").await.text().starts_with("GET /x%20y/z?q=%20 "));
    for path in ["/..", "/a/..;/admin", "/%2e%2e%2fadmin", "/%00", "/%zz"] {
        assert_eq!(client.get(path).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn a_client_that_goes_away_cancels_its_request_at_the_service() {
    let origin = origin::raw(|mut client, _, notes| async move {
        client.until(b"\r\n\r\n").await;
        notes.add("request");
        client.rest().await;
        notes.add("closed");
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    eventually(|| origin.seen().len() == 1, || "no request".into()).await;
    drop(client);
    eventually(|| origin.seen().len() == 2, || "the service's connection stays".into()).await;
    gateway.metric_becomes("ramgate_proxy_requests_in_flight", 0).await;
    gateway.metric_becomes("ramgate_proxy_connections_open", 0).await;
}

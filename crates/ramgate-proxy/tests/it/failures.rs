//! What clients are told when something is missing or goes wrong, and what is tried again before.

use crate::support::client::{connect, get};
use crate::support::objects::*;
use crate::support::{config, origin, start, start_with};
use ramgate_model::Backend;
use ramgate_proxy::{ProxyConfig, Timeouts};
use ramgate_routing::Kind;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// An address where nobody listens.
async fn nobody() -> SocketAddr {
    tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

fn code(answer: &crate::support::client::Answer) -> String {
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body["requestId"].as_str().unwrap().len(), 36);
    assert!(!body["message"].as_str().unwrap().is_empty());
    body["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_without_a_route_gets_404_without_a_body() {
    let gateway =
        start(vec![put_route(route_object("r", &["b.test"], "/", Backend::Mock { status: 200, body: "x".into() }))])
            .await;
    let answer = get(gateway.http, "/").await;
    assert_eq!((answer.status, answer.text()), (404, ""));
    assert_eq!(answer.header("server"), Some("ramgate"));
}

#[tokio::test]
async fn a_route_without_a_usable_service_gets_503() {
    let gateway = start(vec![
        put_route(route_object("none", &[], "/none", Backend::None)),
        route("missing", "/missing", "nowhere"),
        service("empty", &[]),
        route("empty", "/empty", "empty"),
    ])
    .await;
    for path in ["/none", "/missing", "/empty"] {
        let answer = get(gateway.http, path).await;
        assert_eq!(answer.status, 503, "{path}");
        assert_eq!(code(&answer), "NoEndpoint", "{path}");
    }
}

#[tokio::test]
async fn a_service_that_nobody_listens_for_gets_502() {
    let gateway = start(everything_to(nobody().await)).await;
    let mut client = connect(gateway.http).await;
    for _ in 0..2 {
        let answer = client.get("/").await;
        assert_eq!((answer.status, code(&answer).as_str()), (502, "ServiceUnreachable"));
    }
}

#[tokio::test]
async fn where_one_endpoint_cannot_be_reached_another_takes_the_request() {
    let origin = origin::echo().await;
    let gateway = start(vec![service("svc", &[nobody().await, origin.addr]), route("all", "/", "svc")]).await;
    let mut client = connect(gateway.http).await;
    for n in 0..10 {
        client.send(format!("POST /{n} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")).await;
        let answer = client.answer().await;
        assert_eq!(answer.status, 200);
        assert!(answer.text().ends_with("\n\nabc"), "the body was not lost: {}", answer.text());
    }
    // The endpoint that cannot be reached is left alone for a while.
    assert!(gateway.metric("ramgate_proxy_upstream_connect_failures_total") <= 2);
}

#[tokio::test]
async fn answers_that_are_no_valid_http_get_502_and_nothing_of_them_is_passed_on() {
    for bad in [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX : y\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y\r\n z\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: \0\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        "HTTP/2 200\r\n\r\n",
        "hello",
        "SSH-2.0-x\r\n\r\n",
        "",
    ] {
        let origin = origin::raw(move |mut client, _, _| async move {
            client.until(b"\r\n\r\n").await;
            client.send(bad).await;
        })
        .await;
        let gateway = start(everything_to(origin.addr)).await;
        let answer = get(gateway.http, "/").await;
        assert_eq!(answer.status, 502, "{bad:?}: {answer:?}");
        assert_eq!(code(&answer), "BadServiceAnswer", "{bad:?}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_not_made_to_look_whole() {
    for broken in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
    ] {
        let origin = origin::raw(move |mut client, _, _| async move {
            client.until(b"\r\n\r\n").await;
            client.send(broken).await;
        })
        .await;
        let gateway = start(everything_to(origin.addr)).await;
        let mut client = connect(gateway.http).await;
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let text = client.rest().await;
        // Where all came at once, hyper ends the connection before it has sent anything: an error too.
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 200 OK"), "{text}");
        assert!(text.contains("content-length: 10") || !text.contains("\r\n0\r\n"), "{text}");
    }
}

#[tokio::test]
async fn a_service_that_does_not_answer_gets_504() {
    let origin = origin::raw(|mut client, _, notes| async move {
        client.rest().await;
        notes.add("closed");
    })
    .await;
    let timeouts = Timeouts { response: Duration::from_millis(300), ..Timeouts::default() };
    let gateway = start_with(ProxyConfig { timeouts, ..config() }, everything_to(origin.addr)).await;
    let begin = Instant::now();
    let answer = get(gateway.http, "/").await;
    assert_eq!((answer.status, code(&answer).as_str()), (504, "ServiceTimeout"));
    let took = begin.elapsed();
    assert!((300..6000).contains(&took.as_millis()), "{took:?}");
    crate::support::eventually(|| origin.seen().len() == 1, || "the service's connection stays".into()).await;
}

#[tokio::test]
async fn a_long_upload_is_not_taken_for_a_slow_service() {
    let origin = origin::echo().await;
    let timeouts = Timeouts { response: Duration::from_millis(300), ..Timeouts::default() };
    let gateway = start_with(ProxyConfig { timeouts, ..config() }, everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n").await;
    for _ in 0..8 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        client.send("x").await;
    }
    assert_eq!(client.answer().await.status, 200);
}

#[tokio::test]
async fn a_connection_that_the_service_closed_meanwhile_costs_no_request() {
    // Each connection answers once and says nothing of closing.
    let origin = origin::raw(|mut client, _, _| async move {
        client.until(b"\r\n\r\n").await;
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    for _ in 0..30 {
        assert_eq!(client.get("/").await.status, 200);
    }
    // With a body, where nothing was written yet.
    for _ in 0..30 {
        tokio::time::sleep(Duration::from_millis(5)).await;
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi").await;
        assert_eq!(client.answer().await.status, 200);
    }
}

#[tokio::test]
async fn a_request_that_may_have_been_taken_is_repeated_once_if_it_is_idempotent_and_never_otherwise() {
    // The first request of a connection is answered; with the second the service goes away.
    let origin = origin::raw(|mut client, _, notes| async move {
        client.until(b"\r\n\r\n").await;
        notes.add("first");
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
        client.until(b"\r\n\r\n").await;
        notes.add("second");
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    assert_eq!(client.get("/").await.status, 200);
    assert_eq!(client.get("/").await.status, 200);
    assert_eq!(origin.seen(), ["first", "second", "first"]);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 502);
    assert_eq!(origin.seen(), ["first", "second", "first", "second"]);
}

#[tokio::test]
async fn a_deleted_route_and_a_deleted_gateway_are_gone_at_once() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    assert_eq!(client.get("/").await.status, 200);
    gateway.apply(delete(Kind::Route, "all")).await;
    assert_eq!(client.get("/").await.status, 404);
}

#[tokio::test]
async fn methods_that_a_gateway_does_not_serve_are_refused() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 405);
    client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 404);
    client.send("PURGE / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert!(client.answer().await.text().starts_with("PURGE / "));
}

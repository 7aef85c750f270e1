//! Clients that are too slow.

use crate::support::client::connect;
use crate::support::objects::everything_to;
use crate::support::{config, origin, start_with};
use ramgate_proxy::{ProxyConfig, Timeouts};
use std::time::{Duration, Instant};

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Waits for the connection to be closed, and says how long that took.
async fn closes(client: &mut crate::support::client::Client, begin: Instant) -> u128 {
    client.rest().await;
    begin.elapsed().as_millis()
}

#[tokio::test]
async fn a_head_that_trickles_in_is_cut_off_in_time_whatever_arrives() {
    let origin = origin::echo().await;
    let timeouts = Timeouts { head: ms(400), ..Timeouts::default() };
    let gateway = start_with(ProxyConfig { timeouts, ..config() }, everything_to(origin.addr)).await;
    for first in ["", "GET / HTTP/1.1\r\n"] {
        let begin = Instant::now();
        let client = connect(gateway.http).await;
        let (mut read, mut write) = client.io.into_split();
        let trickle = tokio::spawn(async move {
            let mut bytes = first.as_bytes().to_vec();
            while tokio::io::AsyncWriteExt::write_all(&mut write, &bytes).await.is_ok() {
                bytes = b"X: y\r\n"[..usize::from(!first.is_empty())].to_vec();
                tokio::time::sleep(ms(20)).await;
            }
        });
        let mut text = Vec::new();
        let _ = tokio::io::AsyncReadExt::read_to_end(&mut read, &mut text).await;
        let took = begin.elapsed().as_millis();
        assert!((400..6000).contains(&took), "{first:?} took {took} ms");
        trickle.abort();
    }
    // Also where the slow head is not the first one.
    let mut client = connect(gateway.http).await;
    assert_eq!(client.get("/").await.status, 200);
    let begin = Instant::now();
    client.send("GET / HT").await;
    let took = closes(&mut client, begin).await;
    assert!((400..6000).contains(&took), "took {took} ms");
    assert!(gateway.metric("ramgate_proxy_client_timeouts_total") >= 3);
    assert_eq!(origin.seen().len(), 1);
}

#[tokio::test]
async fn idle_connections_are_closed_and_busy_ones_are_not() {
    let origin = origin::raw(|mut client, _, _| async move {
        loop {
            client.until(b"\r\n\r\n").await;
            tokio::time::sleep(ms(900)).await;
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
        }
    })
    .await;
    let timeouts = Timeouts { idle: ms(300), ..Timeouts::default() };
    let gateway = start_with(ProxyConfig { timeouts, ..config() }, everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    // The service takes three times as long as a connection may be idle.
    assert_eq!(client.get("/").await.status, 200);
    let begin = Instant::now();
    let took = closes(&mut client, begin).await;
    assert!((300..6000).contains(&took), "took {took} ms");
    assert_eq!(gateway.metric("ramgate_proxy_client_timeouts_total"), 0);
}

#[tokio::test]
async fn a_body_that_stops_coming_ends_the_request_on_both_sides() {
    let origin = origin::raw(|mut client, _, notes| async move {
        client.rest().await;
        notes.add("closed");
    })
    .await;
    let timeouts = Timeouts { body: ms(300), ..Timeouts::default() };
    let gateway = start_with(ProxyConfig { timeouts, ..config() }, everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n").await;
    // What keeps coming is not cut off, however long the whole takes.
    for _ in 0..5 {
        tokio::time::sleep(ms(150)).await;
        client.send("x").await;
    }
    let begin = Instant::now();
    let took = closes(&mut client, begin).await;
    assert!((300..6000).contains(&took), "took {took} ms");
    crate::support::eventually(|| origin.seen().len() == 1, || "the service's connection stays".into()).await;
}

#[tokio::test]
async fn a_client_that_does_not_read_its_answer_is_given_up() {
    let origin = origin::raw(|mut client, _, notes| async move {
        client.until(b"\r\n\r\n").await;
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n").await;
        let block = vec![b'x'; 64 * 1024];
        while tokio::io::AsyncWriteExt::write_all(&mut client.io, &block).await.is_ok() {}
        notes.add("closed");
    })
    .await;
    let timeouts = Timeouts { send: ms(300), ..Timeouts::default() };
    let gateway = start_with(ProxyConfig { timeouts, ..config() }, everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    crate::support::eventually(|| origin.seen().len() == 1, || "the service's connection stays".into()).await;
    gateway.metric_becomes("ramgate_proxy_connections_open", 0).await;
}

#[tokio::test]
async fn a_tls_handshake_that_stops_is_given_up() {
    let timeouts = Timeouts { handshake: ms(300), ..Timeouts::default() };
    let gateway = start_with(ProxyConfig { timeouts, ..config() }, vec![]).await;
    let begin = Instant::now();
    let mut client = connect(gateway.https).await;
    client.send([22, 3, 1]).await;
    let took = closes(&mut client, begin).await;
    assert!((300..6000).contains(&took), "took {took} ms");
    assert_eq!(gateway.metric("ramgate_proxy_tls_handshake_failures_total"), 1);
}

#[tokio::test]
async fn idle_connections_to_services_are_closed() {
    let origin = origin::raw(|mut client, _, notes| async move {
        client.until(b"\r\n\r\n").await;
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
        client.rest().await;
        notes.add("closed");
    })
    .await;
    let upstream = ramgate_proxy::Upstream { idle: ms(200), ..Default::default() };
    let gateway = start_with(ProxyConfig { upstream, ..config() }, everything_to(origin.addr)).await;
    assert_eq!(crate::support::client::get(gateway.http, "/").await.status, 200);
    crate::support::eventually(|| origin.seen().len() == 1, || "the idle connection stays".into()).await;
}

//! Switching protocols to WebSocket, and what happens to bytes around it.

use crate::support::client::{Client, connect};
use crate::support::objects::everything_to;
use crate::support::{eventually, origin, start};
use tokio::net::TcpStream;

const UPGRADE: &str = "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// Agrees to switch, and then returns every byte.
async fn echo(mut client: Client<TcpStream>, _: usize, notes: origin::Notes) {
    let head = client.until(b"\r\n\r\n").await;
    notes.add(String::from_utf8(head).unwrap());
    // With the answer goes the first message.
    client
        .send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-A: b\r\n\r\nhello")
        .await;
    let (mut read, mut write) = client.io.split();
    let _ = tokio::io::copy(&mut read, &mut write).await;
    notes.add("ended");
}

#[tokio::test]
async fn a_websocket_carries_bytes_both_ways_until_it_is_closed() {
    let origin = origin::raw(echo).await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send(UPGRADE).await;
    let head = client.head().await;
    assert_eq!((head.status, head.header("upgrade"), head.header("x-a")), (101, Some("websocket"), Some("b")));
    assert_eq!(head.header("connection"), Some("upgrade"));
    assert_eq!(client.until(b"hello").await, b"hello");
    // Bytes that no HTTP parser would take, and more than any buffer holds.
    for n in 0..50u8 {
        let message = vec![n; 20_000];
        client.send([&message[..], b"\0\n\rend"].concat()).await;
        assert_eq!(client.until(b"\0\n\rend").await[..20_000], message);
    }
    let seen = origin.seen().remove(0);
    assert!(seen.contains("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="), "{seen}");
    assert!(seen.contains("upgrade: websocket\r\n") && seen.contains("connection: upgrade\r\n"), "{seen}");
    drop(client);
    eventually(|| origin.seen().len() == 2, || "the tunnel stays open".into()).await;
    gateway.metric_becomes("ramgate_proxy_connections_open", 0).await;
}

#[tokio::test]
async fn a_service_that_refuses_to_switch_ends_the_connection_behind_its_answer() {
    let origin = origin::raw(|mut client, _, notes| async move {
        notes.add(String::from_utf8(client.until(b"\r\n\r\n").await).unwrap());
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        // In two parts, so that the gateway waits in between.
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nno").await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        client.send("no").await;
        notes.add(client.rest().await);
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send(UPGRADE).await;
    eventually(|| origin.seen().len() == 1, || "no request".into()).await;
    // Sent before the answer is known: it must not be taken for a request.
    client.send("GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n").await;
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.header("connection"), answer.text()), (200, Some("close"), "nono"));
    assert!(client.is_closed().await);
    assert!(origin.seen().iter().all(|head| !head.contains("smuggled")), "{:?}", origin.seen());
}

#[tokio::test]
async fn connections_to_services_that_may_switch_are_not_taken_from_the_pool() {
    let origin = origin::raw(|mut client, n, notes| async move {
        client.until(b"\r\n\r\n").await;
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
        notes.add(format!("{n}"));
        client.rest().await;
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    assert_eq!(crate::support::client::get(gateway.http, "/").await.status, 200);
    let mut client = connect(gateway.http).await;
    client.send(UPGRADE).await;
    assert_eq!(client.answer().await.status, 200);
    assert_eq!(origin.seen(), ["0", "1"]);
}

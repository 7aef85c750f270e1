//! Shutting down without cutting anything off.

use crate::support::client::connect;
use crate::support::objects::everything_to;
use crate::support::{origin, start, within};
use std::time::{Duration, Instant};

/// Answers after a moment.
async fn slow() -> origin::Origin {
    origin::raw(|mut client, _, notes| async move {
        loop {
            client.until(b"\r\n\r\n").await;
            notes.add("request");
            tokio::time::sleep(Duration::from_millis(400)).await;
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").await;
        }
    })
    .await
}

#[tokio::test]
async fn shutdown_lets_requests_finish_closes_idle_connections_and_ends_the_threads() {
    let origin = slow().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut idle = connect(gateway.http).await;
    assert_eq!(idle.get("/").await.status, 200);
    let mut busy = connect(gateway.http).await;
    busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    crate::support::eventually(|| origin.seen().len() == 2, || "no request".into()).await;

    let begin = Instant::now();
    let addr = gateway.http;
    let client = tokio::spawn(async move {
        let answer = busy.answer().await;
        assert_eq!((answer.text(), answer.header("connection")), ("done", Some("close")));
        assert!(busy.is_closed().await);
        assert!(idle.is_closed().await);
        assert!(tokio::net::TcpStream::connect(addr).await.is_err());
    });
    within(10, gateway.proxy.shutdown(Duration::from_secs(9))).await;
    let took = begin.elapsed();
    client.await.unwrap();
    assert!(took < Duration::from_secs(4), "it ends when the last request does: {took:?}");
    // A second time does nothing.
    gateway.proxy.shutdown(Duration::from_secs(1)).await;
}

#[tokio::test]
async fn what_has_not_finished_in_time_is_closed() {
    let origin = origin::raw(|mut client, _, _| async move { drop(client.rest().await) }).await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut busy = connect(gateway.http).await;
    busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    crate::support::eventually(|| origin.connections() == 1, || "no request".into()).await;
    let begin = Instant::now();
    within(10, gateway.proxy.shutdown(Duration::from_millis(300))).await;
    assert!(begin.elapsed() >= Duration::from_millis(300));
    assert!(busy.is_closed().await);
}

#[tokio::test]
async fn dropping_a_data_plane_ends_it() {
    let gateway = start(vec![]).await;
    let addr = gateway.http;
    drop(gateway);
    let begin = Instant::now();
    while tokio::net::TcpStream::connect(addr).await.is_ok() {
        assert!(begin.elapsed() < Duration::from_secs(5), "it listens still");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

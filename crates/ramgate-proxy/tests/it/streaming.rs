//! Bodies stream both ways as they come.

use crate::support::client::connect;
use crate::support::objects::everything_to;
use crate::support::{origin, start, within};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[tokio::test]
async fn server_sent_events_arrive_one_by_one() {
    let origin = origin::raw(|mut client, _, _| async move {
        client.until(b"\r\n\r\n").await;
        client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n").await;
        for n in 0..5 {
            let event = format!("data: {n}\n\n");
            client.send(format!("{:x}\r\n{event}\r\n", event.len())).await;
            // The next event is sent only when the last has been seen at the other end.
            client.until(format!("ack {n}").as_bytes()).await;
        }
        client.send("0\r\n\r\n").await;
        client.rest().await;
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    within(10, async {
        let mut client = connect(gateway.http).await;
        client.send("POST /events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").await;
        assert_eq!(client.head().await.header("content-type"), Some("text/event-stream"));
        for n in 0..5 {
            assert_eq!(client.chunk().await.unwrap(), format!("data: {n}\n\n").as_bytes());
            client.send(format!("5\r\nack {n}\r\n")).await;
        }
        assert_eq!(client.chunk().await, None);
    })
    .await;
}

#[tokio::test]
async fn large_bodies_pass_in_both_directions() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    let body: String = (0..400_000).map(|n| format!("{n:08}")).collect();
    for chunked in [false, true] {
        if chunked {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").await;
            for part in body.as_bytes().chunks(100_000) {
                client.send(format!("{:x}\r\n", part.len())).await;
                client.send(part).await;
                client.send("\r\n").await;
            }
            client.send("0\r\n\r\n").await;
        } else {
            client.send(format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", body.len())).await;
            client.send(&body).await;
        }
        let answer = client.answer().await;
        let (_, echoed) = answer.text().split_once("\n\n").unwrap();
        assert!(echoed == body, "{} bytes came back of {}", echoed.len(), body.len());
    }
    assert_eq!(origin.connections(), 1);
}

#[tokio::test]
async fn an_answer_without_length_ends_with_the_service_connection() {
    let origin = origin::raw(|mut client, _, _| async move {
        client.until(b"\r\n\r\n").await;
        client.send("HTTP/1.1 200 OK\r\n\r\nhello").await;
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    for _ in 0..2 {
        let answer = client.get("/").await;
        assert_eq!((answer.header("transfer-encoding"), answer.text()), (Some("chunked"), "hello"));
    }
    assert_eq!(origin.connections(), 2);
}

#[tokio::test]
async fn a_client_that_does_not_read_slows_the_service_down_instead_of_filling_memory() {
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = sent.clone();
    let origin = origin::raw(move |mut client, _, _| {
        let sent = counter.clone();
        async move {
            client.until(b"\r\n\r\n").await;
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n").await;
            let block = vec![b'x'; 64 * 1024];
            while tokio::io::AsyncWriteExt::write_all(&mut client.io, &block).await.is_ok() {
                sent.fetch_add(block.len(), Ordering::SeqCst);
            }
        }
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    client.head().await;
    // Waits until nothing moves any more.
    let mut last = 0;
    within(20, async {
        loop {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let now = sent.swap(sent.load(Ordering::SeqCst), Ordering::SeqCst);
            if now == last && now > 0 {
                break;
            }
            last = now;
        }
    })
    .await;
    // What the sockets' buffers hold, and no more.
    assert!(last < 40_000_000, "{last} bytes were taken from the service");
}

#[tokio::test]
async fn an_early_answer_reaches_the_client_while_its_body_is_still_under_way() {
    let origin = origin::raw(|mut client, _, _| async move {
        client.until(b"\r\n\r\n").await;
        client.send("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig").await;
        client.rest().await;
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nstart").await;
    let answer = client.answer().await;
    assert_eq!((answer.status, answer.text()), (413, "big"));
}

//! Listeners that come and go at run time.

use crate::support::client::{connect, get};
use crate::support::objects::*;
use crate::support::{config, origin, ports, start};
use ramgate_model::Backend;
use ramgate_proxy::Proxy;
use ramgate_routing::{Change, Kind, Object};
use std::net::SocketAddr;

fn mock_route(id: &str, gateway: &str, body: &str) -> Change {
    let mut route = route_object(id, &[], "/", Backend::Mock { status: 200, body: body.to_owned() });
    route.gateway_id = Some(gateway.into());
    put_route(route)
}

async fn refuses(addr: SocketAddr) -> bool {
    tokio::net::TcpStream::connect(addr).await.is_err()
}

#[tokio::test]
async fn gateways_come_move_and_go_without_touching_each_other() {
    let proxy = Proxy::start(config()).unwrap();
    proxy.apply([gateway("gw-1", 0, 0), mock_route("r1", "gw-1", "one")]).await;
    let (one, _) = ports(&proxy, "gw-1").await;
    let mut kept = connect(one).await;
    assert_eq!(kept.get("/").await.text(), "one");

    proxy.apply([gateway("gw-2", 0, 0), mock_route("r2", "gw-2", "two")]).await;
    let (two, two_tls) = ports(&proxy, "gw-2").await;
    assert_eq!(get(two, "/").await.text(), "two");

    // To other ports.
    let free = ramgate_free_port().await;
    proxy.apply([gateway("gw-2", free, 0)]).await;
    assert_eq!(ports(&proxy, "gw-2").await.0.port(), free);
    assert_eq!(get(ports(&proxy, "gw-2").await.0, "/").await.text(), "two");
    assert!(refuses(two).await && refuses(two_tls).await);

    proxy.apply([delete(Kind::Gateway, "gw-2")]).await;
    assert!(refuses(SocketAddr::new(two.ip(), free)).await);
    assert_eq!(proxy.listeners().await.len(), 2);
    assert_eq!(kept.get("/").await.text(), "one");
}

async fn ramgate_free_port() -> u16 {
    tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn a_port_that_somebody_else_has_is_reported_and_tried_again() {
    let proxy = Proxy::start(config()).unwrap();
    let other = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = other.local_addr().unwrap().port();
    let applied = proxy.apply([gateway("gw-1", port, 0), mock_route("r", "gw-1", "here")]).await;
    let [failure] = applied.bind_failures.as_slice() else { panic!("{applied:?}") };
    assert_eq!((failure.address.port(), failure.secure), (port, false));
    assert_eq!(failure.error.as_ref().unwrap().kind(), std::io::ErrorKind::AddrInUse);
    assert_eq!(proxy.retry_listeners().await.len(), 1);
    drop(other);
    assert_eq!(proxy.retry_listeners().await.len(), 0);
    assert_eq!(get(ports(&proxy, "gw-1").await.0, "/").await.text(), "here");
}

#[tokio::test]
async fn two_gateways_cannot_share_a_port() {
    let proxy = Proxy::start(config()).unwrap();
    proxy.apply([gateway("gw-1", 0, 0)]).await;
    let (one, _) = ports(&proxy, "gw-1").await;
    let applied = proxy.apply([gateway("gw-2", one.port(), 0)]).await;
    assert_eq!(applied.bind_failures.len(), 1);
}

#[tokio::test]
async fn requests_of_a_deleted_gateway_finish_and_their_connections_close() {
    let origin = origin::raw(|mut client, _, notes| async move {
        client.until(b"\r\n\r\n").await;
        notes.add("request");
        client.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n").await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        client.send("3\r\ntwo\r\n0\r\n\r\n").await;
        client.rest().await;
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut idle = connect(gateway.http).await;
    let mut late = connect(gateway.http).await;
    late.send("GET / HTTP/1.1\r\n").await;
    let mut busy = connect(gateway.http).await;
    busy.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    assert_eq!(busy.head().await.status, 200);
    assert_eq!(busy.chunk().await.unwrap(), b"one");
    gateway.apply(delete(Kind::Gateway, GATEWAY)).await;
    assert!(refuses(gateway.http).await);
    assert_eq!(busy.chunk().await.unwrap(), b"two");
    assert_eq!(busy.chunk().await, None);
    assert!(busy.is_closed().await);
    assert!(idle.is_closed().await);
    late.send("Host: a\r\n\r\n").await;
    assert_eq!(late.answer().await.status, 404, "begun before, but the routes are gone");
    assert!(late.is_closed().await);
}

#[tokio::test]
async fn a_gateway_that_is_put_again_unchanged_keeps_its_listeners() {
    let gateway = start(vec![mock_route("r", GATEWAY, "x")]).await;
    let mut client = connect(gateway.http).await;
    assert_eq!(client.get("/").await.text(), "x");
    let mut renamed = gateway_object(GATEWAY, 0, 0);
    renamed.name = "another name".to_owned();
    gateway.apply(Change::Put(Object::Gateway(ACCOUNT.into(), renamed))).await;
    assert_eq!(client.get("/").await.text(), "x");
    assert_eq!(ports(&gateway.proxy, GATEWAY).await.0, gateway.http);
}

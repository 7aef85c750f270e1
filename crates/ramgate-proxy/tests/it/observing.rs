//! Access log and metrics.

use crate::support::client::connect;
use crate::support::objects::*;
use crate::support::{config, eventually, origin, start_with};
use ramgate_proxy::{AccessLog, ProxyConfig};
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn every_request_leaves_one_line_with_what_became_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("access.log");
    let origin = origin::fixed("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello").await;
    let config = ProxyConfig { access_log: AccessLog::File(path.clone()), ..config() };
    let gateway = start_with(config, vec![service("svc", &[origin.addr]), route("r", "/api", "svc")]).await;
    let mut client = connect(gateway.http).await;
    client.send("GET /api/x?y=z HTTP/1.1\r\nHost: a.test\r\nUser-Agent: curl\\\"\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 201);
    assert_eq!(client.get("/nothing").await.status, 404);
    eventually(|| lines(&path).len() == 2, || format!("{:?}", lines(&path))).await;
    let lines = lines(&path);
    let first = &lines[0];
    for (name, value) in [
        ("gateway_id", GATEWAY.into()),
        ("route_id", "r".into()),
        ("route_name", "name-of-r".into()),
        ("service_id", "svc".into()),
        ("upstream_host", origin.addr.to_string().into()),
        ("method", "GET".into()),
        ("authority", "a.test".into()),
        ("path", "/api/x?y=z".into()),
        ("protocol", "HTTP/1.1".into()),
        ("scheme", "http".into()),
        ("user_agent", "curl\\\"".into()),
        ("response_code", 201.into()),
        ("response_flags", "".into()),
        ("bytes_sent", 5.into()),
        ("bytes_received", 0.into()),
        ("x_forwarded_for", Value::Null),
    ] {
        assert_eq!(first[name], value, "{name}");
    }
    assert_eq!(first["request_id"].as_str().unwrap().len(), 36);
    assert!(first["duration_us"].as_u64().unwrap() > 0);
    assert!(first["start_time_ms"].as_u64().unwrap() > 1_700_000_000_000);
    assert_eq!(lines[1]["response_flags"], "NoRoute");
    assert_eq!(lines[1]["route_id"], Value::Null);
    assert_ne!(lines[1]["request_id"], first["request_id"]);
    gateway.proxy.shutdown(Duration::from_secs(1)).await;
}

#[tokio::test]
async fn the_log_follows_a_rotation_and_is_complete_at_shutdown() {
    let dir = tempfile::tempdir().unwrap();
    let (path, old) = (dir.path().join("access.log"), dir.path().join("access.log.1"));
    let config = ProxyConfig { access_log: AccessLog::File(path.clone()), ..config() };
    let gateway = start_with(config, vec![]).await;
    let mut client = connect(gateway.http).await;
    client.get("/1").await;
    eventually(|| lines(&path).len() == 1, || "no line".into()).await;
    std::fs::rename(&path, &old).unwrap();
    eventually(|| path.exists(), || "the file is not made again".into()).await;
    for _ in 0..100 {
        client.get("/2").await;
    }
    gateway.proxy.shutdown(Duration::from_secs(1)).await;
    assert_eq!((lines(&old).len(), lines(&path).len()), (1, 100));
}

#[tokio::test]
async fn requests_that_clients_gave_up_are_counted_as_such() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("access.log");
    let origin = origin::raw(|mut client, _, _| async move { drop(client.rest().await) }).await;
    let config = ProxyConfig { access_log: AccessLog::File(path.clone()), ..config() };
    let gateway = start_with(config, everything_to(origin.addr)).await;
    let mut client = connect(gateway.http).await;
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
    eventually(|| origin.connections() == 1, || "no request".into()).await;
    drop(client);
    let mut client = connect(gateway.http).await;
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello").await;
    eventually(|| origin.connections() == 2, || "no request".into()).await;
    drop(client);
    eventually(|| lines(&path).len() == 2, || "no line".into()).await;
    let lines = lines(&path);
    assert_eq!((&lines[0]["response_code"], &lines[0]["response_flags"]), (&499.into(), &"ClientGone".into()));
    assert_eq!((&lines[1]["response_code"], &lines[1]["response_flags"]), (&400.into(), &"RequestBodyBrokeOff".into()));
    assert_eq!(lines[1]["bytes_received"], 5);
    gateway.metric_becomes("ramgate_proxy_requests_in_flight", 0).await;
    assert_eq!(gateway.metric("ramgate_proxy_requests_total{gateway_id=\"gw-test\",status=\"4xx\"}"), 2);
}

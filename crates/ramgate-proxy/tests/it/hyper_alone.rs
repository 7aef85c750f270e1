//! What hyper lets through by itself: the reason for the gate. Should a new version of hyper refuse more, this says so, and
//! the table below is to be shortened; should it let through more, the gate's own tests say whether that matters.

use crate::gate::offences;
use crate::support::client::connect;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use tokio::net::TcpListener;

/// Offences that a bare hyper server answers with success.
const LET_THROUGH: &[&str] = &[
    "length and encoding",
    "encoding and length",
    "two equal lengths",
    "encoding chunked twice",
    "two headers of encoding",
    "two encodings",
    "two headers of encodings",
    "line feed behind the request line",
    "line feed behind a header",
    "line feed as end of the head",
    "line feeds only",
    "no host",
    "empty host",
    "two hosts",
    "two equal hosts",
    "two hosts in http/1.0",
    "host with a comma",
    "host with a path",
    "host with a user",
    "host with two ports",
    "host with an escape",
    "target and host differ",
    "target with a user",
    "target with a fragment",
    "target without a slash",
    "target of another scheme",
    "star target of a get",
    "connect",
    "many empty lines before",
    "line feed before",
    "blank behind a chunk size",
    "tab behind a chunk size",
    "chunk size with 40 zeros",
    "nul in a chunk extension",
    "long chunk extension",
    "many chunk extensions",
    "length as a trailer",
    "encoding as a trailer",
    "host as a trailer",
    "data behind an upgrade request",
];

#[tokio::test]
async fn hyper_alone_accepts_exactly_these_offences() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service_fn(|request: http::Request<hyper::body::Incoming>| async move {
                let status = if request.into_body().collect().await.is_ok() { 200 } else { 400 };
                let mut response = http::Response::new(Full::new(bytes::Bytes::new()));
                *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
                Ok::<_, Infallible>(response)
            });
            tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    });
    let mut accepted = Vec::new();
    for (name, bytes) in offences() {
        let mut client = connect(addr).await;
        client.send(&bytes).await;
        // Some wait for more, which is no success either.
        let answer = tokio::time::timeout(std::time::Duration::from_millis(200), client.status()).await;
        if answer.is_ok_and(|status| status == Some(200)) {
            accepted.push(name);
        }
    }
    assert_eq!(accepted, LET_THROUGH);
    server.abort();
}

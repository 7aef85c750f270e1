//! HTTP/2 towards clients and services.

use crate::support::objects::*;
use crate::support::pki::{Authority, client_config, shake};
use crate::support::{TestGateway, eventually, origin, start, within};
use bytes::Bytes;
use http::{HeaderMap, Request, Response, Version};
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::client::conn::http2::SendRequest;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use ramgate_model::ServiceProtocol;
use std::convert::Infallible;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

type Body = http_body_util::combinators::BoxBody<Bytes, Infallible>;

async fn client(io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> SendRequest<Body> {
    let (sender, conn) = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(io)).await.unwrap();
    tokio::spawn(conn);
    sender
}

async fn plain(gateway: &TestGateway) -> SendRequest<Body> {
    client(TcpStream::connect(gateway.http).await.unwrap()).await
}

fn get(path: &str) -> Request<Body> {
    Request::get(format!("http://a.test{path}")).body(Empty::new().boxed()).unwrap()
}

fn post(body: impl Into<Bytes>) -> Request<Body> {
    Request::post("http://a.test/").body(Full::new(body.into()).boxed()).unwrap()
}

async fn text(response: Response<Incoming>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn many_requests_share_a_plain_connection_by_prior_knowledge() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let sender = plain(&gateway).await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..200 {
        let mut sender = sender.clone();
        tasks.spawn(async move {
            let response = sender.send_request(get(&format!("/{n}?q"))).await.unwrap();
            assert_eq!((response.status().as_u16(), response.version()), (200, Version::HTTP_2));
            assert_eq!(response.headers()["server"], "ramgate");
            let text = text(response).await;
            assert!(text.starts_with(&format!("GET /{n}?q HTTP/1.1\n")), "{text}");
            for line in ["host: a.test", "x-forwarded-for: 127.0.0.1"] {
                assert!(text.contains(&format!("\n{line}\n")), "{text}");
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(gateway.metric("ramgate_proxy_connections_total"), 1);
}

#[tokio::test]
async fn the_preface_is_recognised_however_it_is_cut_and_a_p_alone_is_no_preface() {
    use tokio::io::AsyncWriteExt;
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut stream = TcpStream::connect(gateway.http).await.unwrap();
    stream.set_nodelay(true).unwrap();
    for part in ["P", "RI * HTT", "P/2.0\r\n\r\nSM\r\n", "\r\n", "\0\0\0\x04\0\0\0\0\0"] {
        stream.write_all(part.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut head = [0; 9];
    tokio::io::AsyncReadExt::read_exact(&mut stream, &mut head).await.unwrap();
    assert_eq!(head[3], 4, "a SETTINGS frame");

    let mut client = crate::support::client::connect(gateway.http).await;
    client.io.set_nodelay(true).unwrap();
    for part in ["P", "OST / HTTP/1.1\r\nHost: a\r\n", "Content-Length: 2\r\n\r\nhi"] {
        client.send(part).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(client.answer().await.text().starts_with("POST / "));
}

#[tokio::test]
async fn requests_over_tls_choose_http2_by_alpn() {
    let authority = Authority::new();
    let pair = authority.issue(&["a.test"]);
    let origin = origin::echo().await;
    let mut changes = everything_to(origin.addr);
    changes.extend([certificate(1, &pair.cert, &pair.key), domain("d", "a.test", 1)]);
    let gateway = start(changes).await;
    let stream = shake(gateway.https, "a.test", client_config(&authority, &["h2"], None)).await.unwrap();
    let response = client(stream).await.send_request(post("hello")).await.unwrap();
    let text = text(response).await;
    assert!(text.contains("\nx-forwarded-proto: https\n") && text.ends_with("\n\nhello"), "{text}");
}

#[tokio::test]
async fn a_host_header_that_differs_from_the_authority_is_refused() {
    let origin = origin::echo().await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut sender = plain(&gateway).await;
    let with_host = |hosts: &[&str]| {
        let mut request = get("/");
        for host in hosts {
            request.headers_mut().append("host", host.parse().unwrap());
        }
        request
    };
    for (hosts, status) in [(&["b.test"][..], 400), (&["a.test", "a.test"], 400), (&["A.TEST"], 200), (&[], 200)] {
        let response = sender.send_request(with_host(hosts)).await.unwrap();
        assert_eq!(response.status(), status, "{hosts:?}");
    }
}

/// A gRPC service in miniature: answers each message with itself, and ends with trailers.
async fn grpc() -> origin::Origin {
    origin::raw(|client, _, notes| async move {
        let service = service_fn(move |request: Request<Incoming>| {
            let notes = notes.clone();
            async move {
                notes.add(format!("{} {:?} {:?}", request.uri(), request.version(), request.headers().get("te")));
                let (sender, receiver) = tokio::sync::mpsc::channel(1);
                let mut body = request.into_body();
                tokio::spawn(async move {
                    while let Some(Ok(frame)) = body.frame().await {
                        let _ = sender.send(Ok::<_, Infallible>(frame)).await;
                    }
                    let trailers = HeaderMap::from_iter([("grpc-status".parse().unwrap(), "0".parse().unwrap())]);
                    let _ = sender.send(Ok(Frame::trailers(trailers))).await;
                });
                let stream = futures_util::stream::unfold(receiver, |mut r| async { Some((r.recv().await?, r)) });
                Ok::<_, Infallible>(Response::new(StreamBody::new(stream)))
            }
        });
        let builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        let _ = builder.serve_connection(TokioIo::new(client.io), service).await;
    })
    .await
}

#[tokio::test]
async fn grpc_streams_both_ways_and_keeps_its_trailers() {
    let origin = grpc().await;
    let mut service = service_object("svc", &[origin.addr]);
    service.protocol = ServiceProtocol::Grpc;
    let gateway = start(vec![put_service(service), route("all", "/", "svc")]).await;
    let mut sender = plain(&gateway).await;
    within(10, async {
        for round in 0..3 {
            let (messages, receiver) = tokio::sync::mpsc::channel(1);
            let stream = futures_util::stream::unfold(receiver, |mut r: tokio::sync::mpsc::Receiver<Bytes>| async {
                Some((Ok::<_, Infallible>(Frame::data(r.recv().await?)), r))
            });
            let mut request = Request::post("http://a.test/pkg.Service/Method").body(StreamBody::new(stream)).unwrap();
            request.headers_mut().insert("te", "trailers".parse().unwrap());
            request.headers_mut().insert("content-type", "application/grpc".parse().unwrap());
            let (parts, body) = request.into_parts();
            // The client's own body type has no place for a stream that cannot be shared.
            let body = http_body_util::combinators::UnsyncBoxBody::new(body);
            let (mut own, conn) = hyper::client::conn::http2::handshake(
                TokioExecutor::new(),
                TokioIo::new(TcpStream::connect(gateway.http).await.unwrap()),
            )
            .await
            .unwrap();
            tokio::spawn(conn);
            let mut response = own.send_request(Request::from_parts(parts, body)).await.unwrap();
            for n in 0..3 {
                messages.send(Bytes::from(format!("message {n}"))).await.unwrap();
                let frame = response.body_mut().frame().await.unwrap().unwrap();
                assert_eq!(frame.into_data().unwrap(), format!("message {n}"));
            }
            drop(messages);
            let trailers = response.body_mut().frame().await.unwrap().unwrap().into_trailers().unwrap();
            assert_eq!(trailers["grpc-status"], "0", "round {round}");
        }
        sender.ready().await.unwrap();
    })
    .await;
    assert!(
        origin.seen().iter().all(|note| note.ends_with("/pkg.Service/Method HTTP/2.0 Some(\"trailers\")")),
        "{:?}",
        origin.seen()
    );
    assert!(origin.connections() <= 2, "requests share a connection for each worker");
}

#[tokio::test]
async fn clients_of_http_1_reach_services_of_http_2() {
    let origin = origin::echo().await;
    let mut service = service_object("svc", &[origin.addr]);
    service.protocol = ServiceProtocol::Http2;
    let gateway = start(vec![put_service(service), route("all", "/", "svc")]).await;
    let mut client = crate::support::client::connect(gateway.http).await;
    client.send("POST /p?q HTTP/1.1\r\nHost: a.test:81\r\nConnection: x-hop\r\nX-Hop: 1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n").await;
    let answer = client.answer().await;
    assert!(answer.text().starts_with("POST http://a.test:81/p?q HTTP/2.0\n"), "{}", answer.text());
    assert!(answer.text().ends_with("\n\nhello") && !answer.text().contains("x-hop"), "{}", answer.text());
}

#[tokio::test]
async fn a_broken_connection_to_an_http_2_service_is_replaced() {
    let origin = origin::echo().await;
    let addr = origin.addr;
    let mut service = service_object("svc", &[addr]);
    service.protocol = ServiceProtocol::Http2;
    let gateway = start(vec![put_service(service), route("all", "/", "svc")]).await;
    assert_eq!(crate::support::client::get(gateway.http, "/").await.status, 200);
    drop(origin);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let origin = origin::raw_at(addr, |client, _, notes| origin::serve_echo(client.io, "new ", notes)).await;
    let answer = crate::support::client::get(gateway.http, "/").await;
    assert!(answer.text().starts_with("new "), "{answer:?}");
    drop(origin);
}

#[tokio::test]
async fn a_stream_that_is_reset_cancels_its_request_and_the_connection_goes_on() {
    let origin = origin::raw(|mut client, n, notes| async move {
        client.until(b"\r\n\r\n").await;
        notes.add("request");
        if n == 0 {
            client.rest().await;
            notes.add("closed");
        } else {
            client.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await;
            client.rest().await;
        }
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut sender = plain(&gateway).await;
    let first = tokio::spawn({
        let mut sender = sender.clone();
        async move { sender.send_request(get("/")).await }
    });
    eventually(|| origin.seen().len() == 1, || "no request".into()).await;
    first.abort();
    eventually(|| origin.seen().len() == 2, || "the service's connection stays".into()).await;
    assert_eq!(text(sender.send_request(get("/")).await.unwrap()).await, "ok");
}

#[tokio::test]
async fn a_drain_says_goaway_and_lets_streams_finish() {
    let origin = origin::raw(|mut client, _, notes| async move {
        client.until(b"\r\n\r\n").await;
        notes.add("request");
        tokio::time::sleep(Duration::from_millis(300)).await;
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").await;
    })
    .await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut sender = plain(&gateway).await;
    let response = tokio::spawn({
        let mut sender = sender.clone();
        async move { text(sender.send_request(get("/")).await.unwrap()).await }
    });
    eventually(|| origin.seen().len() == 1, || "no request".into()).await;
    within(5, gateway.proxy.shutdown(Duration::from_secs(4))).await;
    assert_eq!(response.await.unwrap(), "done");
    assert!(sender.send_request(get("/")).await.is_err());
}

#[tokio::test]
async fn a_client_that_resets_streams_at_once_is_cut_off() {
    let origin = origin::raw(|mut client, _, _| async move { drop(client.rest().await) }).await;
    let gateway = start(everything_to(origin.addr)).await;
    let mut stream = TcpStream::connect(gateway.http).await.unwrap();
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec();
    // HEADERS with `:method GET`, `:scheme http`, `:path /` and `:authority a`, each followed by RST_STREAM.
    let block = [0x82, 0x86, 0x84, 0x41, 0x01, b'a'];
    for n in 0..20_000u32 {
        let id = (2 * n + 1).to_be_bytes();
        bytes.extend([0, 0, block.len() as u8, 1, 5]);
        bytes.extend(id);
        bytes.extend(block);
        bytes.extend([0, 0, 4, 3, 0]);
        bytes.extend(id);
        bytes.extend(8u32.to_be_bytes());
    }
    let (mut read, mut write) = stream.split();
    let answer = within(10, async {
        let send = tokio::io::AsyncWriteExt::write_all(&mut write, &bytes);
        let mut all = Vec::new();
        let receive = tokio::io::AsyncReadExt::read_to_end(&mut read, &mut all);
        let _ = tokio::join!(send, receive);
        all
    })
    .await;
    // GOAWAY with ENHANCE_YOUR_CALM.
    let calm = answer.windows(4).any(|w| w == [0, 0, 0, 11]);
    assert!(calm, "{answer:?}");
}

//! The floor for a proxy on hyper: forwards everything to one upstream, and nothing else. One current-thread runtime, HTTP/1.1
//! to the upstream over a pool of connections; HTTP/1.1 and, over TLS, HTTP/2 downstream.
//!
//! `bare UPSTREAM PORT [TLS_PORT CERT KEY]`

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, combinators::BoxBody};
use hyper::client::conn::http1 as client;
use hyper::server::conn::{http1, http2};
use hyper::{Request, Response, body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use std::cell::RefCell;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::rc::Rc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Pool = Rc<RefCell<Vec<client::SendRequest<Incoming>>>>;
type Body = BoxBody<Bytes, hyper::Error>;

async fn forward(mut request: Request<Incoming>, pool: Pool, upstream: SocketAddr) -> Result<Response<Body>, Infallible> {
    let mut parts = http::uri::Parts::default();
    parts.path_and_query = request.uri().path_and_query().cloned();
    *request.uri_mut() = http::Uri::from_parts(parts).expect("a path");
    *request.version_mut() = http::Version::HTTP_11;
    if !request.headers().contains_key("host") {
        request.headers_mut().insert("host", http::HeaderValue::from_static("bench.test"));
    }
    request.headers_mut().remove("connection");
    let mut sender = loop {
        let taken = pool.borrow_mut().pop();
        match taken {
            Some(sender) if sender.is_ready() => break sender,
            Some(_) => {}
            None => {
                let stream = TcpStream::connect(upstream).await.expect("the upstream");
                let _ = stream.set_nodelay(true);
                let (sender, connection) = client::handshake(TokioIo::new(stream)).await.expect("HTTP/1.1");
                tokio::task::spawn_local(connection);
                break sender;
            }
        }
    };
    match sender.send_request(request).await {
        Ok(response) => {
            tokio::task::spawn_local(async move {
                if sender.ready().await.is_ok() {
                    pool.borrow_mut().push(sender);
                }
            });
            Ok(response.map(BodyExt::boxed))
        }
        Err(_) => {
            let empty = Empty::new().map_err(|never: Infallible| match never {}).boxed();
            Ok(Response::builder().status(502).body(empty).expect("a response"))
        }
    }
}

#[derive(Clone, Copy)]
struct Local;

impl<F: Future<Output: 'static> + 'static> hyper::rt::Executor<F> for Local {
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}

fn acceptor(cert: &str, key: &str) -> TlsAcceptor {
    let chain = CertificateDer::pem_file_iter(cert).expect("a certificate").map(|c| c.expect("PEM")).collect();
    let key = PrivateKeyDer::from_pem_file(key).expect("a key");
    let builder = tokio_rustls::rustls::ServerConfig::builder().with_no_client_auth();
    let mut config = builder.with_single_cert(chain, key).expect("a pair");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsAcceptor::from(std::sync::Arc::new(config))
}

async fn serve_tls(listener: TcpListener, acceptor: TlsAcceptor, pool: Pool, upstream: SocketAddr) {
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        let (pool, acceptor) = (pool.clone(), acceptor.clone());
        tokio::task::spawn_local(async move {
            let Ok(stream) = acceptor.accept(stream).await else { return };
            let is_h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            let service = service_fn(move |request| forward(request, pool.clone(), upstream));
            let io = TokioIo::new(stream);
            if is_h2 {
                let _ = http2::Builder::new(Local).serve_connection(io, service).await;
            } else {
                let _ = http1::Builder::new().pipeline_flush(true).serve_connection(io, service).await;
            }
        });
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [upstream, port, tls @ ..] = arguments.as_slice() else { panic!("bare UPSTREAM PORT [TLS_PORT CERT KEY]") };
    let (upstream, port): (SocketAddr, u16) = (upstream.parse().expect("an address"), port.parse().expect("a port"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    tokio::task::LocalSet::new().block_on(&runtime, async move {
        let pool = Pool::default();
        if let [tls_port, cert, key] = tls {
            let port: u16 = tls_port.parse().expect("a port");
            let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
            tokio::task::spawn_local(serve_tls(listener, acceptor(cert, key), pool.clone(), upstream));
        }
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            let pool = pool.clone();
            tokio::task::spawn_local(async move {
                let service = service_fn(move |request| forward(request, pool.clone(), upstream));
                let builder = http1::Builder::new();
                let _ = { builder }.pipeline_flush(true).serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
}

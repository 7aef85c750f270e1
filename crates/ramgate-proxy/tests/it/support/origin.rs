//! Services for the gateway to call.

use super::client::Client;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};

/// A service that counts its connections.
pub struct Origin {
    pub addr: SocketAddr,
    connections: Arc<AtomicUsize>,
    seen: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Origin {
    /// Connections accepted so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The heads of the requests so far; of raw origins what they have noted.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

/// What an origin notes.
#[derive(Clone)]
pub struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    pub fn add(&self, text: impl Into<String>) {
        self.0.lock().unwrap().push(text.into());
    }
}

/// A service that does with each connection what `serve` says; it gets the connection and its number.
pub async fn raw<F, Fut>(serve: F) -> Origin
where
    F: Fn(Client<TcpStream>, usize, Notes) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    raw_at("127.0.0.1:0".parse().unwrap(), serve).await
}

/// As [`raw`], at this address.
pub async fn raw_at<F, Fut>(addr: SocketAddr, serve: F) -> Origin
where
    F: Fn(Client<TcpStream>, usize, Notes) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind(addr).await.unwrap();
    let addr = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let seen = Arc::default();
    let notes = Notes(Arc::clone(&seen));
    let counter = connections.clone();
    let task = tokio::spawn(async move {
        let mut tasks = tokio::task::JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            let n = counter.fetch_add(1, Ordering::SeqCst);
            tasks.spawn(serve(Client::new(stream), n, notes.clone()));
        }
    });
    Origin { addr, connections, seen, task }
}

/// A service that answers every request with these bytes, connection after connection, reading heads only.
pub async fn fixed(answer: &'static str) -> Origin {
    raw(move |mut client, _, notes| async move {
        loop {
            let mut head = Vec::new();
            // The end of the stream is the end of this origin's interest.
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                match tokio::io::AsyncReadExt::read(&mut client.io, &mut byte).await {
                    Ok(1) => head.push(byte[0]),
                    _ => return,
                }
            }
            notes.add(String::from_utf8_lossy(&head));
            client.send(answer).await;
        }
    })
    .await
}

/// A service that answers with what it saw: request line, headers, empty line, body. HTTP/1.1 and HTTP/2.
pub async fn echo() -> Origin {
    named("").await
}

/// As [`echo`], with a line in front that names the service.
pub async fn named(name: &'static str) -> Origin {
    raw(move |client, _, notes| serve_echo(client.io, name, notes)).await
}

/// Serves one connection as [`named`] does.
pub async fn serve_echo<S>(io: S, name: &'static str, notes: Notes)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: Request<Incoming>| {
        let notes = notes.clone();
        async move {
            let mut text = format!("{} {} {:?}\n", request.method(), request.uri(), request.version());
            for (key, value) in request.headers() {
                text.push_str(&format!("{key}: {}\n", String::from_utf8_lossy(value.as_bytes())));
            }
            notes.add(text.clone());
            let body = request.into_body().collect().await.map(|b| b.to_bytes()).unwrap_or_default();
            let text = format!("{name}{text}\n{}", String::from_utf8_lossy(&body));
            Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(text))))
        }
    });
    let builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
    let _ = builder.serve_connection_with_upgrades(TokioIo::new(io), service).await;
}

//! The management API over HTTP: reads complete requests, hands them to the dispatcher, writes answers. Beside it the
//! health and metrics pages.
//!
//! Never redirects (SDKs would re-send a signed request) and never touches the request target: signatures cover its spelling.

use crate::console;
use crate::dispatch::{Answer, Dispatcher, RawRequest};
use crate::metrics::Metrics;
use crate::node::Node;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue, SET_COOKIE};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use ipnet::IpNet;
use ramgate_api::{ApiError, codes};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tracing::{debug, warn};

/// Time for a request's head, and for its body.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// Most connections at a time; further ones wait to be accepted.
const MAX_CONNECTIONS: usize = 4096;

/// What serving needs.
pub(crate) struct Server {
    pub(crate) node: Arc<Node>,
    pub(crate) dispatcher: Arc<Dispatcher>,
    pub(crate) metrics: Arc<Metrics>,
}

impl Server {
    /// Serves until `stop` changes, then lets requests under way end, for at most `grace`.
    pub(crate) async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        mut stop: watch::Receiver<bool>,
        grace: Duration,
    ) {
        let graceful = GracefulShutdown::new();
        let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        loop {
            let next = async {
                let slot = slots.clone().acquire_owned().await.map_err(std::io::Error::other)?;
                let (stream, peer) = listener.accept().await?;
                Ok::<_, std::io::Error>((stream, peer, slot))
            };
            let accepted = tokio::select! {
                accepted = next => accepted,
                _ = stop.changed() => break,
            };
            let (stream, peer, slot) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: a short pause lets some be closed.
                    warn!(%error, "cannot accept a management connection");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            // A delayed small packet would only slow answers down.
            let _ = stream.set_nodelay(true);
            let mut builder = Builder::new(TokioExecutor::new());
            builder.http1().timer(TokioTimer::new()).header_read_timeout(READ_TIMEOUT).max_headers(128);
            builder.http2().timer(TokioTimer::new()).max_concurrent_streams(64).keep_alive_interval(READ_TIMEOUT);
            let server = self.clone();
            let service = service_fn(move |request| {
                let server = server.clone();
                async move { Ok::<_, Infallible>(server.answer(request, peer).await) }
            });
            let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service).into_owned());
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    debug!(%error, %peer, "a management connection ended");
                }
                drop(slot);
            });
        }
        drop(listener);
        let _ = tokio::time::timeout(grace, graceful.shutdown()).await;
    }

    async fn answer(&self, request: Request<Incoming>, peer: SocketAddr) -> Response<Full<Bytes>> {
        match (request.method(), request.uri().path()) {
            (&Method::GET, "/healthz") => text(StatusCode::OK, "ok\n"),
            (&Method::GET, "/readyz") => match self.readiness() {
                Ok(()) => text(StatusCode::OK, "ready\n"),
                Err(reason) => text(StatusCode::SERVICE_UNAVAILABLE, &format!("{reason}\n")),
            },
            (&Method::GET, "/metrics") => {
                let mut page = self.metrics.render();
                page.push_str(&self.node.logon.metrics());
                if let Some(data_plane) = &self.node.data_plane {
                    page.push_str(&data_plane.metrics());
                }
                text(StatusCode::OK, &page)
            }
            _ => self.call(request, peer).await,
        }
    }

    /// State loaded, and the store takes writes.
    fn readiness(&self) -> Result<(), String> {
        if !self.node.feed.is_live() {
            return Err("the state does not follow the store".to_owned());
        }
        match self.node.store.health() {
            ramgate_store::Health::Ready => Ok(()),
            ramgate_store::Health::ReadOnly { reason } => Err(format!("the store is read-only: {reason}")),
            ramgate_store::Health::Closed => Err("the store is closed".to_owned()),
        }
    }

    async fn call(&self, request: Request<Incoming>, peer: SocketAddr) -> Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        let mut headers: Vec<(String, Vec<u8>)> =
            parts.headers.iter().map(|(n, v)| (n.as_str().to_owned(), v.as_bytes().to_vec())).collect();
        // With HTTP/2 the host is part of the target.
        if let (Some(authority), false) = (parts.uri.authority(), parts.headers.contains_key("host")) {
            headers.push(("host".to_owned(), authority.as_str().as_bytes().to_vec()));
        }
        let source_ip = client_address(peer.ip(), &headers, &self.node.config.trusted_proxies);
        let secure = is_secure(peer.ip(), &headers, &self.node.config.trusted_proxies);
        let mut raw = RawRequest {
            method: parts.method.as_str().to_owned(),
            target: parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            headers,
            body: Bytes::new(),
            source_ip,
            secure,
        };
        let body = self.read(body).await;
        if raw.target.starts_with(console::PREFIX) {
            let reply = match body {
                Ok(body) => console::answer(&self.node, RawRequest { body, ..raw }).await,
                Err(error) => console::refuse(&self.node, &error),
            };
            self.metrics.count(&reply.answer);
            let mut response = respond(reply.answer);
            let cookies = reply.cookies.iter().filter_map(|cookie| HeaderValue::from_str(cookie).ok());
            for mut cookie in cookies {
                cookie.set_sensitive(true);
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            return response;
        }
        let answer = match body {
            Ok(body) => {
                raw.body = body;
                self.dispatcher.call(&self.node, raw).await
            }
            Err(error) => self.dispatcher.refuse(&self.node, raw, error).await,
        };
        self.metrics.count(&answer);
        respond(answer)
    }

    /// The whole body, within size and time.
    async fn read(&self, body: Incoming) -> Result<Bytes, ApiError> {
        let limit = self.node.config.max_body_bytes;
        let too_large = || codes::BODY_TOO_LARGE.with(format!("The request body is larger than {limit} bytes."));
        // What announces itself as too large is not waited for.
        if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
            return Err(too_large());
        }
        match tokio::time::timeout(READ_TIMEOUT, Limited::new(body, limit).collect()).await {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
            Ok(Err(error)) => Err(codes::MALFORMED_BODY.with("The request body could not be read.").log(error)),
            Err(_) => Err(codes::MALFORMED_BODY.with("The request body did not arrive in time.")),
        }
    }
}

/// Whether the client spoke TLS: told by a trusted proxy in front, since this port itself is plain.
fn is_secure(peer: IpAddr, headers: &[(String, Vec<u8>)], trusted: &[IpNet]) -> bool {
    let proto = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("x-forwarded-proto"));
    let mut values = proto.map(|(_, value)| value.trim_ascii());
    trusted.iter().any(|net| net.contains(&peer))
        && values.next().is_some_and(|value| value.eq_ignore_ascii_case(b"https"))
        && values.next().is_none()
}

/// The peer's address; behind trusted proxies the last forwarded address that is not one of theirs.
fn client_address(peer: IpAddr, headers: &[(String, Vec<u8>)], trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let forwarded = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("x-forwarded-for"));
    let hops: Vec<&str> =
        forwarded.filter_map(|(_, value)| std::str::from_utf8(value).ok()).flat_map(|v| v.split(',')).collect();
    let mut nearest = peer;
    for hop in hops.into_iter().rev() {
        // What cannot be read was not written by a proxy of ours: stop at what is known.
        let Ok(address) = hop.trim().parse::<IpAddr>() else { return nearest };
        nearest = address;
        if !is_trusted(&address) {
            return address;
        }
    }
    nearest
}

fn respond(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body.to_string())));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=utf-8"));
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(&answer.request_id) {
        headers.insert("x-acs-request-id", id);
    }
    response
}

fn text(status: StatusCode, body: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::copy_from_slice(body.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let headers: Vec<_> = forwarded.iter().map(|v| ("X-Forwarded-For".to_owned(), v.as_bytes().to_vec())).collect();
        let trusted: Vec<IpNet> = trusted.iter().map(|net| net.parse().unwrap()).collect();
        client_address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn forwarded_addresses_of_untrusted_peers_are_ignored() {
        assert_eq!(of("203.0.113.9", &["10.0.0.1"], &[]), "203.0.113.9");
        assert_eq!(of("203.0.113.9", &["10.0.0.1"], &["10.0.0.0/8"]), "203.0.113.9");
    }

    #[test]
    fn a_trusted_proxy_alone_can_say_that_the_client_spoke_tls() {
        let of = |peer: &str, protos: &[&str]| {
            let headers: Vec<_> =
                protos.iter().map(|v| ("X-Forwarded-Proto".to_owned(), v.as_bytes().to_vec())).collect();
            is_secure(peer.parse().unwrap(), &headers, &["10.0.0.0/8".parse().unwrap()])
        };
        assert!(of("10.0.0.1", &["https"]));
        assert!(!of("203.0.113.9", &["https"]));
        assert!(!of("10.0.0.1", &["http"]));
        assert!(!of("10.0.0.1", &[]));
        assert!(!of("10.0.0.1", &["https", "http"]));
    }

    #[test]
    fn behind_trusted_proxies_the_last_untrusted_hop_counts() {
        let trusted = ["10.0.0.0/8"];
        assert_eq!(of("10.0.0.1", &["1.2.3.4, 198.51.100.7, 10.0.0.2"], &trusted), "198.51.100.7");
        assert_eq!(of("10.0.0.1", &["1.2.3.4", "198.51.100.7"], &trusted), "198.51.100.7");
        assert_eq!(of("10.0.0.1", &[], &trusted), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &["1.2.3.4, rubbish, 10.0.0.2"], &trusted), "10.0.0.2");
    }
}

//! One request from its head to the end of its answer: route, forward or answer, account.
//!
//! ```text
//! handle ─► decide (snapshot, no await) ─► mock / redirect / failure
//!                     └─► forward ─► endpoint ─► connection ─► answer head ─► AnswerBody streams the rest
//! ```

use crate::access_log::Record;
use crate::answer::{self, Failure};
use crate::body::{AnswerBody, RequestBody, Source, Upload};
use crate::coarse::Lane;
use crate::connection::Connection;
use crate::gate::is_host_and_port;
use crate::headers::{self, Client, forwarded};
use crate::upstream::endpoint::{Endpoint, Speaks};
use crate::upstream::h1::{H1, H1Body, SendError};
use crate::upstream::service::ServiceState;
use http::header::{self, HeaderMap, HeaderValue};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{Method, Request, Response, StatusCode, Uri, Version};
use hyper::body::{Body, Incoming};
use ramgate_routing::{Action, LiveRoute, Mock, Redirect, RequestView, Selection, normalise_path};
use std::borrow::Cow;
use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::{Instant, SystemTime};

/// Endpoints tried where connecting fails.
const CONNECT_ATTEMPTS: usize = 3;

/// What is to be done with a request.
enum Decision {
    Fail(Failure),
    Mock(Mock),
    Redirect(StatusCode, String),
    /// To this service, with this path where it is not the one received.
    Forward(Rc<ServiceState>, Option<String>),
}

/// Serves one request.
pub(crate) fn handle(
    conn: Rc<Connection>,
    request: Request<Incoming>,
) -> impl Future<Output = Result<Response<AnswerBody>, Infallible>> {
    let upgrade = headers::asks_for_websocket(&request);
    if upgrade {
        // Now, since hyper reads on before it polls what is returned here.
        conn.gate.upgrade_taken();
    }
    serve(conn, request, upgrade)
}

async fn serve(
    conn: Rc<Connection>,
    request: Request<Incoming>,
    upgrade: bool,
) -> Result<Response<AnswerBody>, Infallible> {
    let mut tail = Tail::begin(&conn, &request);
    let request_id = request_id(&conn, request.headers());
    let host = host_of(&request);
    if let Some(record) = &mut tail.record {
        record.request_id = text(&request_id);
        record.authority = host.as_ref().map(text).unwrap_or_default();
    }
    let http1 = request.version() != Version::HTTP_2;
    let decision = match &host {
        Ok(host) => decide(&conn, &request, host, &mut tail),
        Err(failure) => Decision::Fail(*failure),
    };
    let outcome = match (decision, host) {
        (Decision::Forward(service, path), Ok(host)) => {
            let exchange = Exchange { conn: &conn, service: &service, host, upgrade };
            exchange.run(request, path, &request_id, &mut tail).await
        }
        (Decision::Mock(mock), _) => Ok(Answer::Mock(mock)),
        (Decision::Redirect(status, location), _) => Ok(Answer::Redirect(status, location)),
        (Decision::Fail(failure), _) => Err(failure),
        (Decision::Forward(..), Err(failure)) => Err(failure),
    };
    let status = match &outcome {
        Ok(Answer::Service(parts, _)) => parts.status,
        Ok(Answer::Mock(mock)) => mock.status,
        Ok(Answer::Redirect(status, _)) => *status,
        Err(failure) => failure.status(),
    };
    tail.status = status.as_u16();
    if upgrade && status != StatusCode::SWITCHING_PROTOCOLS {
        conn.gate.stop_reading();
    }
    if let Err(failure) = &outcome {
        tail.flag = failure.code();
    }
    let bad_body = matches!(outcome, Err(Failure::BadBody | Failure::BodyBrokeOff));
    let id = request_id.to_str().unwrap_or_default();
    let mut response = match outcome {
        Ok(Answer::Service(parts, source)) => Response::from_parts(*parts, AnswerBody::new(source, tail)),
        Ok(Answer::Mock(mock)) => answer::mock(&mock, tail),
        Ok(Answer::Redirect(status, location)) => answer::redirect(status, &location, tail),
        Err(failure) => answer::failure(failure, id, tail),
    };
    if let Some(server) = &conn.worker.server_header {
        response.headers_mut().insert(header::SERVER, server.clone());
    }
    // What the client may have sent behind its request to switch is never read as a request; nor what follows a body that
    // broke the rules.
    if (upgrade && status != StatusCode::SWITCHING_PROTOCOLS) || (bad_body && http1) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    Ok(response)
}

enum Answer {
    Service(Box<http::response::Parts>, Source),
    Mock(Mock),
    Redirect(StatusCode, String),
}

/// The host asked for, with its port: the Host header, or the authority of HTTP/2. Empty for HTTP/1.0 without Host.
fn host_of(request: &Request<Incoming>) -> Result<HeaderValue, Failure> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let header = hosts.next();
    if request.version() != Version::HTTP_2 {
        // The gate has seen to it that there is one at most, that it is well-formed, and that the target agrees.
        return match (header, request.uri().authority()) {
            (Some(host), _) => Ok(host.clone()),
            (None, Some(authority)) => HeaderValue::from_str(authority.as_str()).map_err(|_| Failure::BadRequest),
            (None, None) => Ok(HeaderValue::from_static("")),
        };
    }
    if hosts.next().is_some() {
        return Err(Failure::BadRequest);
    }
    let host = match (request.uri().authority(), header) {
        (Some(authority), Some(host)) if !authority.as_str().as_bytes().eq_ignore_ascii_case(host.as_bytes()) => {
            return Err(Failure::BadRequest);
        }
        (Some(authority), _) => HeaderValue::from_str(authority.as_str()).map_err(|_| Failure::BadRequest)?,
        (None, Some(host)) => host.clone(),
        (None, None) => return Err(Failure::BadRequest),
    };
    if is_host_and_port(host.as_bytes()) { Ok(host) } else { Err(Failure::BadRequest) }
}

/// `host[:port]` without its port.
fn without_port(host: &str) -> &str {
    match host.rfind(']') {
        Some(end) => host.get(..=end).unwrap_or(host),
        None => host.split_once(':').map_or(host, |(host, _)| host),
    }
}

fn decide(conn: &Connection, request: &Request<Incoming>, host: &HeaderValue, tail: &mut Tail) -> Decision {
    let (Ok(host), method, uri) = (host.to_str(), request.method(), request.uri()) else {
        return Decision::Fail(Failure::BadRequest);
    };
    match *method {
        Method::CONNECT | Method::TRACE => return Decision::Fail(Failure::MethodNotServed),
        _ => {}
    }
    if let Some(expect) = request.headers().get(header::EXPECT)
        && !expect.as_bytes().eq_ignore_ascii_case(b"100-continue")
    {
        return Decision::Fail(Failure::Expectation);
    }
    if uri.path() == "*" {
        return Decision::Fail(Failure::NoRoute);
    }
    let Ok(path) = normalise_path(uri.path()) else { return Decision::Fail(Failure::BadRequest) };
    let name = without_port(host);
    let view = RequestView {
        secure: conn.secure(),
        host: name,
        path: &path,
        query: uri.query().unwrap_or_default(),
        method,
        headers: request.headers(),
    };
    let worker = &conn.worker;
    worker.with_snapshot(|snapshot, epoch| {
        let Some(table) = snapshot.gateway(&conn.listener.gateway) else { return Decision::Fail(Failure::NoRoute) };
        if let Some(site) = &conn.site
            && table.is_misdirected(site, name)
        {
            return Decision::Fail(Failure::Misdirected);
        }
        let route = match table.select(&view) {
            Selection::Route(route) => route,
            Selection::NoRoute => return Decision::Fail(Failure::NoRoute),
            Selection::ForceHttps => return to_https(conn.listener.https_port, name, uri),
        };
        tail.routed(route);
        match &route.action {
            Action::Services(targets) => {
                let target = targets.pick(worker.random());
                tail.towards(target.service.id());
                match worker.services.get(&target.service, target.port, snapshot, epoch) {
                    Some(service) => Decision::Forward(service, changed_path(&path, uri)),
                    None => Decision::Fail(Failure::Unavailable),
                }
            }
            Action::Mock(mock) => Decision::Mock(Mock::clone(mock)),
            Action::Redirect(to) => redirect(to, conn.secure(), host, uri),
            Action::Unavailable => Decision::Fail(Failure::Unavailable),
        }
    })
}

/// The path and query to forward, where they are not those received.
fn changed_path(path: &Cow<'_, str>, uri: &Uri) -> Option<String> {
    match path {
        Cow::Borrowed(_) => None,
        Cow::Owned(path) => {
            let mut path = path.clone();
            if let Some(query) = uri.query() {
                path.push('?');
                path.push_str(query);
            }
            Some(path)
        }
    }
}

fn path_and_query(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", PathAndQuery::as_str)
}

fn to_https(port: u16, name: &str, uri: &Uri) -> Decision {
    if name.is_empty() {
        return Decision::Fail(Failure::BadRequest);
    }
    let port = if port == 443 { String::new() } else { format!(":{port}") };
    Decision::Redirect(StatusCode::MOVED_PERMANENTLY, format!("https://{name}{port}{}", path_and_query(uri)))
}

fn redirect(to: &Redirect, secure: bool, host: &str, uri: &Uri) -> Decision {
    let host = to.host.as_deref().unwrap_or(host);
    let mut location = match host {
        "" => String::new(),
        host => format!("{}://{host}", if secure { "https" } else { "http" }),
    };
    match &to.path {
        None => location.push_str(path_and_query(uri)),
        Some(path) => {
            location.push_str(path);
            // As Envoy does: the query is kept unless the new path brings one.
            if let Some(query) = uri.query()
                && !path.contains('?')
            {
                location.push('?');
                location.push_str(query);
            }
        }
    }
    Decision::Redirect(to.status, location)
}

fn request_id(conn: &Connection, headers: &HeaderMap) -> HeaderValue {
    let own = || conn.worker.request_id();
    if conn.worker.config.keep_request_id || conn.trusted {
        return headers.get(forwarded::REQUEST_ID).cloned().unwrap_or_else(own);
    }
    own()
}

/// A request on its way to a service.
struct Exchange<'a> {
    conn: &'a Rc<Connection>,
    service: &'a Rc<ServiceState>,
    host: HeaderValue,
    upgrade: bool,
}

impl Exchange<'_> {
    async fn run(
        &self,
        request: Request<Incoming>,
        path: Option<String>,
        request_id: &HeaderValue,
        tail: &mut Tail,
    ) -> Result<Answer, Failure> {
        let (mut parts, body) = request.into_parts();
        let http2 = self.service.speaks() == Speaks::Http2;
        let upgrade = self.upgrade && !http2;
        let client =
            Client { address: &self.conn.address, trusted: self.conn.trusted, secure: self.conn.secure() };
        headers::prepare_request(&mut parts.headers, &client, &self.host, upgrade, http2);
        parts.headers.insert(forwarded::REQUEST_ID, request_id.clone());
        self.target(&mut parts, path, http2)?;
        // Neither hyper's upgrade handle nor anything else of the client's connection goes along.
        parts.extensions = http::Extensions::new();
        let body = if body.is_end_stream() {
            RequestBody::Empty
        } else {
            let upload = Rc::new(Upload::default());
            tail.upload = Some(upload.clone());
            RequestBody::Client(body, upload)
        };
        let timer = self.conn.worker.timers.timer();
        timer.arm(Lane::Read, self.conn.worker.config.timeouts.response);
        let mut attempts = pin!(async {
            if self.service.len() == 0 {
                self.service.resolved().await;
            }
            match http2 {
                false => self.over_http1(&parts, body, tail).await,
                true => self.over_http2(Request::from_parts(parts, body), tail).await,
            }
        });
        poll_fn(|cx| {
            if let Poll::Ready(outcome) = attempts.as_mut().poll(cx) {
                return Poll::Ready(outcome);
            }
            if timer.poll(cx).is_some() { Poll::Ready(Err(Failure::Timeout)) } else { Poll::Pending }
        })
        .await
    }

    /// Sets target, version and Host for what is spoken to the service.
    fn target(&self, parts: &mut http::request::Parts, path: Option<String>, http2: bool) -> Result<(), Failure> {
        let bad = |_| Failure::BadRequest;
        if http2 {
            let path = match path {
                Some(path) => PathAndQuery::try_from(path).map_err(|_| Failure::BadRequest)?,
                None => parts.uri.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/")),
            };
            let scheme = if self.service.live.tls.is_some() { Scheme::HTTPS } else { Scheme::HTTP };
            let authority = match self.host.as_bytes() {
                b"" => Authority::from_static("localhost"),
                host => Authority::try_from(host).map_err(|_| Failure::BadRequest)?,
            };
            parts.uri = Uri::builder().scheme(scheme).authority(authority).path_and_query(path).build().map_err(bad)?;
            parts.version = Version::HTTP_2;
            parts.headers.remove(header::HOST);
            return Ok(());
        }
        // The common case: origin form, as received.
        if path.is_some() || parts.uri.authority().is_some() {
            let path = match path {
                Some(path) => path,
                None => path_and_query(&parts.uri).to_owned(),
            };
            parts.uri = Uri::builder().path_and_query(path).build().map_err(bad)?;
        }
        if parts.version == Version::HTTP_2 || !parts.headers.contains_key(header::HOST) {
            parts.headers.insert(header::HOST, self.host.clone());
        }
        parts.version = Version::HTTP_11;
        Ok(())
    }

    async fn over_http1(
        &self,
        head: &http::request::Parts,
        mut body: RequestBody,
        tail: &mut Tail,
    ) -> Result<Answer, Failure> {
        let mut failed_connects = 0;
        let mut repeated = false;
        loop {
            let endpoint = self.service.next().ok_or(Failure::Unavailable)?;
            tail.at(endpoint.addr);
            let idle = if repeated || self.upgrade { None } else { endpoint.take_idle() };
            let reused = idle.is_some();
            let mut h1 = match idle {
                Some(h1) => h1,
                None => match endpoint.open().await {
                    Ok(h1) => h1,
                    Err(error) => {
                        failed_connects += 1;
                        self.unconnected(&endpoint, &error, failed_connects)?;
                        continue;
                    }
                },
            };
            match h1.send(head, &mut body).await {
                Ok(answer) if answer.parts.status == StatusCode::SWITCHING_PROTOCOLS => {
                    return self.switch(answer.parts, *h1);
                }
                Ok(answer) => {
                    let body = H1Body::new(h1, &answer, body);
                    let mut parts = answer.parts;
                    headers::prepare_response(&mut parts.headers);
                    return Ok(Answer::Service(Box::new(parts), Source::Http1(body, endpoint)));
                }
                Err(SendError::Client) => return Err(self.body_failure()),
                // The service may close a connection in the very moment in which it is used again. Where it does no harm,
                // the request is sent once more.
                Err(SendError::Closed(_)) if reused && !repeated && is_repeatable(head, &body) => {
                    repeated = true;
                    self.conn.worker.counters.upstream_retries.add(1);
                }
                Err(error) => {
                    tracing::debug!(endpoint = %endpoint.addr, error = crate::error::chain(&error), "no valid answer from the service");
                    return Err(Failure::BadAnswer);
                }
            }
        }
    }

    async fn over_http2(&self, mut request: Request<RequestBody>, tail: &mut Tail) -> Result<Answer, Failure> {
        let mut failed_connects = 0;
        let mut repeated = false;
        loop {
            let endpoint = self.service.next().ok_or(Failure::Unavailable)?;
            tail.at(endpoint.addr);
            let mut sender = match endpoint.http2().await {
                Ok(sender) => sender,
                Err(error) => {
                    failed_connects += 1;
                    self.unconnected(&endpoint, &error, failed_connects)?;
                    continue;
                }
            };
            let mut error = match sender.try_send_request(request).await {
                Ok(response) => {
                    let (mut parts, incoming) = response.into_parts();
                    headers::prepare_response(&mut parts.headers);
                    // Ours, whatever the service speaks.
                    parts.version = Version::HTTP_11;
                    return Ok(Answer::Service(Box::new(parts), Source::Http2(incoming)));
                }
                Err(error) => error,
            };
            match error.take_message() {
                // Nothing of it was sent.
                Some(unsent) if !repeated => {
                    request = unsent;
                    repeated = true;
                    self.conn.worker.counters.upstream_retries.add(1);
                }
                _ if tail.client_failed() => return Err(self.body_failure()),
                _ => {
                    let error = crate::error::chain(error.error());
                    tracing::debug!(endpoint = %endpoint.addr, error, "no valid answer from the service");
                    return Err(Failure::BadAnswer);
                }
            }
        }
    }

    /// There is no connection. Fails once enough endpoints were tried.
    fn unconnected(&self, endpoint: &Endpoint, error: &io::Error, failed: usize) -> Result<(), Failure> {
        tracing::debug!(endpoint = %endpoint.addr, %error, "cannot connect to the service");
        if failed < CONNECT_ATTEMPTS.min(self.service.len()) {
            self.conn.worker.counters.upstream_retries.add(1);
            return Ok(());
        }
        Err(if error.kind() == io::ErrorKind::TimedOut { Failure::Timeout } else { Failure::ConnectFailed })
    }

    /// Why the client's body did not come to its end.
    fn body_failure(&self) -> Failure {
        if self.conn.gate.refusal().is_some() { Failure::BadBody } else { Failure::BodyBrokeOff }
    }

    /// The service has agreed to switch protocols.
    fn switch(&self, mut parts: http::response::Parts, h1: H1) -> Result<Answer, Failure> {
        let websocket = parts.headers.get(header::UPGRADE).is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(b"websocket"));
        if !self.upgrade || !websocket {
            return Err(Failure::BadAnswer);
        }
        headers::prepare_response(&mut parts.headers);
        parts.headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        parts.headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        *self.conn.tunnel.borrow_mut() = Some(h1.into_stream());
        Ok(Answer::Service(Box::new(parts), Source::Empty))
    }
}

/// Without a body, and idempotent (RFC 9110 §9.2.2).
fn is_repeatable(head: &http::request::Parts, body: &RequestBody) -> bool {
    matches!(head.method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE) && body.is_end_stream()
}

/// What has to be done when a request is over, however it ends.
pub(crate) struct Tail {
    conn: Rc<Connection>,
    /// 0 until there is an answer.
    status: u16,
    flag: &'static str,
    sent: u64,
    upload: Option<Rc<Upload>>,
    /// `None` where no access log is written.
    record: Option<Box<Record>>,
}

impl Tail {
    fn begin(conn: &Rc<Connection>, request: &Request<Incoming>) -> Self {
        conn.gate.request_begins();
        conn.worker.counters.requests_in_flight.add(1);
        let record = conn.worker.log.as_ref().map(|_| Box::new(record(conn, request)));
        Self { conn: conn.clone(), status: 0, flag: "", sent: 0, upload: None, record }
    }

    fn routed(&mut self, route: &LiveRoute) {
        if let Some(record) = &mut self.record {
            record.route_id = Some(route.id.clone());
            record.route_name = Some(route.name.clone());
        }
    }

    fn towards(&mut self, service_id: &str) {
        if let Some(record) = &mut self.record {
            record.service_id = Some(service_id.into());
        }
    }

    fn at(&mut self, endpoint: SocketAddr) {
        if let Some(record) = &mut self.record {
            record.upstream = Some(endpoint);
        }
    }

    /// The client's body broke off, or broke the rules.
    fn client_failed(&self) -> bool {
        self.upload.as_ref().is_some_and(|upload| upload.client_failed.get())
    }

    /// Bytes of the answer's body went to the client.
    pub(crate) fn sent(&mut self, n: u64) {
        self.sent += n;
    }

    /// The answer's body broke off at the service.
    pub(crate) fn broken(&mut self, error: &(dyn std::error::Error + Send + Sync + 'static)) {
        self.flag = "AnswerBrokeOff";
        tracing::debug!(error = crate::error::chain(error), "the service's answer broke off");
    }
}

impl Drop for Tail {
    fn drop(&mut self) {
        let conn = &self.conn;
        conn.gate.request_ends();
        conn.worker.counters.requests_in_flight.sub(1);
        if self.status == 0 {
            // nginx's number for a client that went away before its answer.
            (self.status, self.flag) = (499, "ClientGone");
        }
        conn.listener.counters.answered(self.status);
        if let (Some(mut record), Some(log)) = (self.record.take(), &conn.worker.log) {
            record.status = self.status;
            record.flag = self.flag;
            record.bytes_sent = self.sent;
            record.bytes_received = self.upload.as_ref().map_or(0, |upload| upload.bytes.get());
            record.duration = record.began.elapsed();
            if log.try_send(record).is_err() {
                conn.worker.counters.log_lines_dropped.add(1);
            }
        }
    }
}

fn text(value: &HeaderValue) -> Box<str> {
    String::from_utf8_lossy(value.as_bytes()).into()
}

fn record(conn: &Connection, request: &Request<Incoming>) -> Record {
    let header = |name| request.headers().get(name).map(text);
    Record {
        start: SystemTime::now(),
        began: Instant::now(),
        gateway_id: conn.listener.gateway.id().into(),
        route_id: None,
        route_name: None,
        service_id: None,
        upstream: None,
        client: conn.peer,
        method: request.method().as_str().into(),
        authority: Box::default(),
        path: path_and_query(request.uri()).into(),
        protocol: match request.version() {
            Version::HTTP_10 => "HTTP/1.0",
            Version::HTTP_11 => "HTTP/1.1",
            _ => "HTTP/2",
        },
        secure: conn.secure(),
        user_agent: header(header::USER_AGENT),
        forwarded_for: header(forwarded::FOR),
        request_id: Box::default(),
        status: 0,
        flag: "",
        bytes_received: 0,
        bytes_sent: 0,
        duration: std::time::Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_cut_off_host_names_and_addresses() {
        for (host, name) in [("a", "a"), ("a:80", "a"), ("[::1]", "[::1]"), ("[::1]:80", "[::1]"), ("", "")] {
            assert_eq!(without_port(host), name);
        }
    }
}

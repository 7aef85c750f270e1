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
use crate::upstream::h1::H1Body;
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
        let request = Request::from_parts(parts, body);

        let timer = self.conn.worker.timers.timer();
        timer.arm(Lane::Read, self.conn.worker.config.timeouts.response);
        let mut attempts = pin!(self.attempts(request, tail));
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

    async fn attempts(&self, mut request: Request<RequestBody>, tail: &mut Tail) -> Result<Answer, Failure> {
        if self.service.len() == 0 {
            self.service.resolved().await;
        }
        let mut failed_connects = 0;
        let mut unsent_tries = 0;
        let mut repeated = false;
        loop {
            let endpoint = self.service.next().ok_or(Failure::Unavailable)?;
            tail.at(endpoint.addr);
            let sent = match endpoint.speaks {
                Speaks::Http1 => self.send_http1(&endpoint, request, repeated, tail).await,
                Speaks::Http2 => send_http2(&endpoint, request, tail).await,
            };
            let (failure, again) = match sent {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            request = match again {
                Again::No => return Err(failure),
                Again::Unconnected(request) => {
                    failed_connects += 1;
                    if failed_connects >= CONNECT_ATTEMPTS.min(self.service.len()) {
                        return Err(failure);
                    }
                    *request
                }
                // Nothing was written. Each try uses up an idle connection, and at last one that is new.
                Again::Unsent(request) => {
                    unsent_tries += 1;
                    if unsent_tries > 1024 {
                        return Err(failure);
                    }
                    *request
                }
                Again::Repeatable(_) if repeated => return Err(failure),
                Again::Repeatable(request) => {
                    repeated = true;
                    *request
                }
            };
            self.conn.worker.counters.upstream_retries.add(1);
        }
    }

    async fn send_http1(
        &self,
        endpoint: &Rc<Endpoint>,
        request: Request<RequestBody>,
        fresh: bool,
        tail: &mut Tail,
    ) -> Result<Answer, (Failure, Again)> {
        let idle = if fresh || self.upgrade { None } else { endpoint.take_idle() };
        let reused = idle.is_some();
        let mut h1 = match idle {
            Some(h1) => h1,
            None => match endpoint.open().await {
                Ok(h1) => h1,
                Err(error) => return Err(unconnected(endpoint, &error, request)),
            },
        };
        // The service may close a connection in the very moment in which it is used again. Where repeating does no harm, the
        // head is kept for that.
        let spare = (reused && is_repeatable(&request)).then(|| copy_of(&request));
        match h1.send(request).await {
            Ok(response) => {
                let (mut parts, incoming) = response.into_parts();
                if !is_well_framed(&parts) {
                    tracing::debug!(endpoint = %endpoint.addr, "the service's answer is ambiguously framed");
                    return Err((Failure::BadAnswer, Again::No));
                }
                if parts.status == StatusCode::SWITCHING_PROTOCOLS {
                    return self.switch(parts, h1).await.map_err(|failure| (failure, Again::No));
                }
                headers::prepare_response(&mut parts.headers);
                // Ours, whatever the service speaks; hyper lowers it for clients of HTTP/1.0.
                parts.version = Version::HTTP_11;
                let source = Source::Http1(H1Body::new(incoming, h1), endpoint.clone());
                Ok(Answer::Service(Box::new(parts), source))
            }
            Err(error) => {
                match (error.unsent, spare) {
                    (Some(request), _) if reused => Err((Failure::BadAnswer, Again::Unsent(request))),
                    _ if tail.client_failed() => Err((self.body_failure(), Again::No)),
                    (_, Some(request)) => Err((Failure::BadAnswer, Again::Repeatable(Box::new(request)))),
                    _ => {
                        let error = crate::error::chain(&error.source);
                        tracing::debug!(endpoint = %endpoint.addr, error, "no valid answer from the service");
                        Err((Failure::BadAnswer, Again::No))
                    }
                }
            }
        }
    }

    /// Why the client's body did not come to its end.
    fn body_failure(&self) -> Failure {
        if self.conn.gate.refusal().is_some() { Failure::BadBody } else { Failure::BodyBrokeOff }
    }

    /// The service has agreed to switch protocols.
    async fn switch(&self, mut parts: http::response::Parts, h1: Box<crate::upstream::h1::H1>) -> Result<Answer, Failure> {
        let websocket = parts.headers.get(header::UPGRADE).is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(b"websocket"));
        if !self.upgrade || !websocket {
            return Err(Failure::BadAnswer);
        }
        let stream = h1.into_stream().await.ok_or(Failure::BadAnswer)?;
        headers::prepare_response(&mut parts.headers);
        parts.headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        parts.headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        *self.conn.tunnel.borrow_mut() = Some(stream);
        Ok(Answer::Service(Box::new(parts), Source::Empty))
    }
}

async fn send_http2(
    endpoint: &Rc<Endpoint>,
    request: Request<RequestBody>,
    tail: &mut Tail,
) -> Result<Answer, (Failure, Again)> {
    let mut sender = match endpoint.http2().await {
        Ok(sender) => sender,
        Err(error) => return Err(unconnected(endpoint, &error, request)),
    };
    match sender.try_send_request(request).await {
        Ok(response) => {
            let (mut parts, incoming) = response.into_parts();
            headers::prepare_response(&mut parts.headers);
            parts.version = Version::HTTP_11;
            Ok(Answer::Service(Box::new(parts), Source::Http2(incoming)))
        }
        Err(mut error) => {
            let request = error.take_message();
            let error = error.into_error();
            tracing::debug!(endpoint = %endpoint.addr, error = crate::error::chain(&error), "no valid answer from the service");
            match request {
                Some(request) => Err((Failure::BadAnswer, Again::Repeatable(Box::new(request)))),
                None if tail.client_failed() => Err((Failure::BodyBrokeOff, Again::No)),
                None => Err((Failure::BadAnswer, Again::No)),
            }
        }
    }
}

/// Whether, and how, a failed request may be sent once more.
enum Again {
    No,
    /// There was no connection; another endpoint may have one.
    Unconnected(Box<Request<RequestBody>>),
    /// A connection used before turned out to be closed; nothing was written.
    Unsent(Box<Request<RequestBody>>),
    /// It may have been written; repeating it does no harm.
    Repeatable(Box<Request<RequestBody>>),
}

fn unconnected(endpoint: &Endpoint, error: &io::Error, request: Request<RequestBody>) -> (Failure, Again) {
    tracing::debug!(endpoint = %endpoint.addr, %error, "cannot connect to the service");
    let failure =
        if error.kind() == io::ErrorKind::TimedOut { Failure::Timeout } else { Failure::ConnectFailed };
    (failure, Again::Unconnected(Box::new(request)))
}

/// Without a body, and idempotent (RFC 9110 §9.2.2).
fn is_repeatable(request: &Request<RequestBody>) -> bool {
    let idempotent = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE);
    idempotent && request.body().is_end_stream()
}

fn copy_of(request: &Request<RequestBody>) -> Request<RequestBody> {
    let mut copy = Request::new(RequestBody::Empty);
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.version_mut() = request.version();
    *copy.headers_mut() = request.headers().clone();
    copy
}

/// An answer that two parsers could frame differently is not passed on: length and encoding both, several lengths, or
/// an encoding other than `chunked`.
fn is_well_framed(parts: &http::response::Parts) -> bool {
    let mut lengths = parts.headers.get_all(header::CONTENT_LENGTH).iter();
    let length = lengths.next();
    let mut encodings = parts.headers.get_all(header::TRANSFER_ENCODING).iter();
    let encoding = encodings.next();
    let one_number = |v: &HeaderValue| !v.is_empty() && v.as_bytes().iter().all(u8::is_ascii_digit);
    lengths.next().is_none()
        && encodings.next().is_none()
        && !(length.is_some() && encoding.is_some())
        && length.is_none_or(one_number)
        && encoding.is_none_or(|v| v.as_bytes().eq_ignore_ascii_case(b"chunked"))
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
    pub(crate) fn broken(&mut self, error: &hyper::Error) {
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

    #[test]
    fn answers_with_two_ways_to_find_their_end_are_not_well_framed() {
        let check = |lines: &[(&str, &str)]| {
            let mut builder = Response::builder();
            for (name, value) in lines {
                builder = builder.header(*name, *value);
            }
            is_well_framed(&builder.body(()).unwrap().into_parts().0)
        };
        assert!(check(&[]));
        assert!(check(&[("content-length", "5")]));
        assert!(check(&[("transfer-encoding", "Chunked")]));
        assert!(!check(&[("content-length", "5"), ("transfer-encoding", "chunked")]));
        assert!(!check(&[("content-length", "5"), ("content-length", "5")]));
        assert!(!check(&[("content-length", "5, 5")]));
        assert!(!check(&[("content-length", "+5")]));
        assert!(!check(&[("transfer-encoding", "gzip, chunked")]));
        assert!(!check(&[("transfer-encoding", "gzip")]));
        assert!(!check(&[("transfer-encoding", "chunked"), ("transfer-encoding", "chunked")]));
    }
}

//! A request on its way to a service: prepared, sent, sent once more where that does no harm.

use super::tail::Tail;
use super::{Answer, RequestId, path_and_query};
use crate::answer::Failure;
use crate::body::{RequestBody, Source, Upload};
use crate::coarse::{Lane, Timer};
use crate::connection::Connection;
use crate::headers::{self, Client, Fields};
use crate::upstream::endpoint::{Endpoint, Speaks};
use crate::upstream::h1::{H1, H1Body, SendError};
use crate::upstream::service::ServiceState;
use http::header::{self, HeaderValue};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{Method, Request, StatusCode, Uri, Version};
use hyper::body::{Body, Incoming};
use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// Endpoints tried where connecting fails.
const CONNECT_ATTEMPTS: usize = 3;

/// A request on its way to a service.
pub(super) struct Exchange<'a> {
    pub(super) conn: &'a Rc<Connection>,
    pub(super) service: &'a Rc<ServiceState>,
    pub(super) host: &'a HeaderValue,
    /// A WebSocket is asked for.
    pub(super) upgrade: bool,
}

impl Exchange<'_> {
    /// Sends the request and waits for the head of the answer.
    pub(super) async fn run(
        &self,
        parts: &mut http::request::Parts,
        body: Incoming,
        path: Option<String>,
        request_id: &RequestId,
        tail: &mut Tail,
    ) -> Result<Answer, Failure> {
        let patience = Patience::new(self.conn, parts.version);
        let http2 = self.service.speaks() == Speaks::Http2;
        let upgrade = self.upgrade && !http2;
        let client = Client { address: &self.conn.address, trusted: self.conn.trusted, secure: self.conn.secure() };
        let id = request_id.as_bytes();
        let told = headers::prepare_request(&mut parts.headers, &client, self.host, id, upgrade, http2);
        self.target(parts, path, http2)?;
        // Neither hyper's upgrade handle nor anything else of the client's connection goes along.
        parts.extensions = http::Extensions::new();
        let body = if body.is_end_stream() {
            RequestBody::Empty
        } else {
            let upload = Rc::new(Upload::default());
            tail.upload = Some(upload.clone());
            RequestBody::Client(body, upload)
        };
        let upload = tail.upload.clone();
        let mut uploaded = 0;
        // What is rare lies in boxes of its own, to keep the future of a request small.
        let mut attempts = pin!(async {
            if self.service.len() == 0 {
                Box::pin(self.service.resolved()).await;
            }
            match http2 {
                false => self.over_http1(parts, &told.fields(), body, tail).await,
                true => {
                    told.add_to(&mut parts.headers);
                    let (nothing, ()) = Request::new(()).into_parts();
                    let request = Request::from_parts(std::mem::replace(parts, nothing), body);
                    Box::pin(self.over_http2(request, tail)).await
                }
            }
        });
        poll_fn(|cx| {
            if let Poll::Ready(outcome) = attempts.as_mut().poll(cx) {
                return Poll::Ready(outcome);
            }
            // A long upload is no slow answer: the time runs from the last of it.
            if let Some(upload) = &upload
                && upload.bytes.get() != uploaded
            {
                uploaded = upload.bytes.get();
                patience.renew();
            }
            if patience.is_over(cx) { Poll::Ready(Err(Failure::Timeout)) } else { Poll::Pending }
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
        head: &mut http::request::Parts,
        told: &Fields<'_>,
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
                None => match Box::pin(endpoint.open()).await {
                    Ok(h1) => h1,
                    Err(error) => {
                        failed_connects += 1;
                        self.unconnected(&endpoint, &error, failed_connects)?;
                        continue;
                    }
                },
            };
            match h1.send(head, told, &mut body).await {
                Ok(answer) if answer.parts.status == StatusCode::SWITCHING_PROTOCOLS => {
                    return self.switch(answer.parts, *h1);
                }
                Ok(answer) => {
                    let body = H1Body::new(h1, &answer, body);
                    let mut parts = answer.parts;
                    if answer.has_hop_by_hop {
                        headers::prepare_response(&mut parts.headers);
                    }
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
        let websocket =
            parts.headers.get(header::UPGRADE).is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(b"websocket"));
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

/// How long the service may take to answer.
struct Patience<'a> {
    conn: &'a Connection,
    /// For HTTP/2, where requests are tasks of their own. In HTTP/1 there is one request at a time, which is polled with its
    /// connection, so that the connection's timer does.
    own: Option<Timer>,
}

impl<'a> Patience<'a> {
    fn new(conn: &'a Connection, version: Version) -> Self {
        let own = (version == Version::HTTP_2).then(|| conn.worker.timers.timer());
        let patience = Self { conn, own };
        patience.renew();
        patience
    }

    fn renew(&self) {
        let time = self.conn.worker.config.timeouts.response;
        match &self.own {
            Some(timer) => timer.arm(Lane::Read, time),
            None => self.conn.gate.timer.arm(Lane::Answer, time),
        }
    }

    fn is_over(&self, cx: &mut Context<'_>) -> bool {
        match &self.own {
            Some(timer) => timer.poll(cx).is_some(),
            None => self.conn.gate.timer.has_passed(Lane::Answer),
        }
    }
}

impl Drop for Patience<'_> {
    fn drop(&mut self) {
        if self.own.is_none() {
            self.conn.gate.timer.clear(Lane::Answer);
        }
    }
}

/// Without a body, and idempotent (RFC 9110 §9.2.2).
fn is_repeatable(head: &http::request::Parts, body: &RequestBody) -> bool {
    matches!(head.method, Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
        && body.is_end_stream()
}

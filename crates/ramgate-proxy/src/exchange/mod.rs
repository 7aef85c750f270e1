//! One request from its head to the end of its answer: route, forward or answer, account.
//!
//! ```text
//! handle ─► decide (snapshot, no await) ─► mock / redirect / failure
//!                     └─► forward ─► endpoint ─► connection ─► answer head ─► AnswerBody streams the rest
//! ```

mod decide;
mod forward;
mod tail;

pub(crate) use tail::Tail;

use crate::answer::{self, Failure};
use crate::body::{AnswerBody, Source};
use crate::connection::Connection;
use crate::headers::{self, forwarded};
use crate::upstream::service::ServiceState;
use decide::{decide, host_of};
use forward::Exchange;
use http::header::{self, HeaderMap, HeaderValue};
use http::uri::PathAndQuery;
use http::{Request, Response, StatusCode, Uri, Version};
use hyper::body::Incoming;
use ramgate_routing::Mock;
use std::convert::Infallible;
use std::rc::Rc;
use tail::text;

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

/// Decides at once; what is left to be done is the future. It is moved to where it is polled, so it holds things once, and
/// what it calls borrows them.
fn serve(
    conn: Rc<Connection>,
    request: Request<Incoming>,
    upgrade: bool,
) -> impl Future<Output = Result<Response<AnswerBody>, Infallible>> {
    let mut tail = Tail::begin(&conn, &request);
    let request_id = RequestId::of(&conn, request.headers());
    let host = host_of(&request);
    if let Some(record) = &mut tail.record {
        record.request_id = request_id.as_str().into();
        record.authority = host.as_ref().map(text).unwrap_or_default();
    }
    let decision = match &host {
        Ok(host) => decide(&conn, &request, host, &mut tail),
        Err(failure) => Decision::Fail(*failure),
    };
    let (mut parts, body) = request.into_parts();
    async move {
        let http1 = parts.version != Version::HTTP_2;
        let outcome = match (decision, &host) {
            (Decision::Forward(service, path), Ok(host)) => {
                let exchange = Exchange { conn: &conn, service: &service, host, upgrade };
                exchange.run(&mut parts, body, path, &request_id, &mut tail).await
            }
            (Decision::Mock(mock), _) => Ok(Answer::Mock(mock)),
            (Decision::Redirect(status, location), _) => Ok(Answer::Redirect(status, location)),
            (Decision::Fail(failure), _) => Err(failure),
            (Decision::Forward(..), Err(failure)) => Err(*failure),
        };
        Ok(respond(&conn, outcome, upgrade, http1, request_id.as_str(), tail))
    }
}

/// The response that comes of it.
fn respond(
    conn: &Connection,
    outcome: Result<Answer, Failure>,
    upgrade: bool,
    http1: bool,
    request_id: &str,
    mut tail: Tail,
) -> Response<AnswerBody> {
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
    let mut response = match outcome {
        Ok(Answer::Service(parts, source)) => Response::from_parts(*parts, AnswerBody::new(source, tail)),
        Ok(Answer::Mock(mock)) => answer::mock(&mock, tail),
        Ok(Answer::Redirect(status, location)) => answer::redirect(status, &location, tail),
        Err(failure) => answer::failure(failure, request_id, tail),
    };
    if let Some(server) = &conn.worker.server_header {
        response.headers_mut().insert(header::SERVER, server.clone());
    }
    // What the client may have sent behind its request to switch is never read as a request; nor what follows a body that
    // broke the rules.
    if (upgrade && status != StatusCode::SWITCHING_PROTOCOLS) || (bad_body && http1) {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

enum Answer {
    Service(Box<http::response::Parts>, Source),
    Mock(Mock),
    Redirect(StatusCode, String),
}

/// What a request is called in logs, towards the service, and in answers of our own.
enum RequestId {
    Ours([u8; 36]),
    /// As a trusted caller has it.
    Kept(HeaderValue),
}

impl RequestId {
    fn of(conn: &Connection, headers: &HeaderMap) -> Self {
        let keep = conn.worker.config.keep_request_id || conn.trusted;
        match headers.get(forwarded::REQUEST_ID).filter(|_| keep) {
            Some(kept) => Self::Kept(kept.clone()),
            None => Self::Ours(conn.worker.request_id()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Ours(text) => std::str::from_utf8(text).unwrap_or_default(),
            Self::Kept(value) => value.to_str().unwrap_or_default(),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Ours(text) => text,
            Self::Kept(value) => value.as_bytes(),
        }
    }
}

fn path_and_query(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", PathAndQuery::as_str)
}

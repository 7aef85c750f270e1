//! Answers that the gateway gives by itself. The one place where an error of the data plane becomes a response.

use crate::body::{AnswerBody, Source};
use crate::exchange::Tail;
use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};
use serde_json::json;

/// Why the gateway answers by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No route matches; also a gateway that is no longer there. 404 without a body.
    NoRoute,
    /// The path, the authority, or both are not acceptable. 400.
    BadRequest,
    /// The client's body broke the rules of framing. 400.
    BadBody,
    /// The client's body broke off, mostly because the client has gone. 400.
    BodyBrokeOff,
    /// The host wants a client certificate that this connection was not asked for. 421.
    Misdirected,
    /// A method that a gateway does not serve. 405.
    MethodNotServed,
    /// An expectation other than `100-continue`. 417.
    Expectation,
    /// The route has no service, or its service no endpoint. 503.
    Unavailable,
    /// No connection to the service. 502.
    ConnectFailed,
    /// The service's answer is no acceptable HTTP, or broke off before its body. 502.
    BadAnswer,
    /// The service did not answer in time. 504.
    Timeout,
}

impl Failure {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::NoRoute => StatusCode::NOT_FOUND,
            Self::BadRequest | Self::BadBody | Self::BodyBrokeOff => StatusCode::BAD_REQUEST,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::MethodNotServed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Expectation => StatusCode::EXPECTATION_FAILED,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::ConnectFailed | Self::BadAnswer => StatusCode::BAD_GATEWAY,
            Self::Timeout => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    /// The code in the body and in the access log; a closed set.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::NoRoute => "NoRoute",
            Self::BadRequest => "BadRequest",
            Self::BadBody => "BadRequestBody",
            Self::BodyBrokeOff => "RequestBodyBrokeOff",
            Self::Misdirected => "MisdirectedRequest",
            Self::MethodNotServed => "MethodNotServed",
            Self::Expectation => "ExpectationFailed",
            Self::Unavailable => "NoEndpoint",
            Self::ConnectFailed => "ServiceUnreachable",
            Self::BadAnswer => "BadServiceAnswer",
            Self::Timeout => "ServiceTimeout",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::NoRoute => "no route matches the request",
            Self::BadRequest => "the request is not acceptable",
            Self::BadBody => "the request body is malformed",
            Self::BodyBrokeOff => "the request body is incomplete",
            Self::Misdirected => "the host must be asked on a connection of its own",
            Self::MethodNotServed => "the method is not served",
            Self::Expectation => "the expectation cannot be met",
            Self::Unavailable => "no endpoint of the service is available",
            Self::ConnectFailed => "the service cannot be reached",
            Self::BadAnswer => "the service gave no valid answer",
            Self::Timeout => "the service did not answer in time",
        }
    }
}

/// The response to a failure. 404 has no body; the others say what happened, with the request id to look for.
pub(crate) fn failure(failure: Failure, request_id: &str, tail: Tail) -> Response<AnswerBody> {
    let source = if failure == Failure::NoRoute {
        Source::Empty
    } else {
        let body = json!({ "code": failure.code(), "message": failure.message(), "requestId": request_id });
        Source::Full(Bytes::from(body.to_string()))
    };
    let json = matches!(source, Source::Full(_));
    let mut response = Response::new(AnswerBody::new(source, tail));
    *response.status_mut() = failure.status();
    if json {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

/// A fixed answer of a route.
pub(crate) fn mock(mock: &ramgate_routing::Mock, tail: Tail) -> Response<AnswerBody> {
    let bodiless = mock.status == StatusCode::NO_CONTENT || mock.status == StatusCode::NOT_MODIFIED;
    let source = if bodiless || mock.body.is_empty() { Source::Empty } else { Source::Full(mock.body.clone()) };
    let with_type = matches!(source, Source::Full(_));
    let mut response = Response::new(AnswerBody::new(source, tail));
    *response.status_mut() = mock.status;
    if with_type {
        let json = serde_json::from_slice::<serde::de::IgnoredAny>(&mock.body).is_ok();
        let content_type = if json { "application/json" } else { "text/plain; charset=utf-8" };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    response
}

/// A redirect to `location`.
pub(crate) fn redirect(status: StatusCode, location: &str, tail: Tail) -> Response<AnswerBody> {
    let mut response = Response::new(AnswerBody::new(Source::Empty, tail));
    *response.status_mut() = status;
    // Host and path were checked when they were read, so that nothing in them can end the header.
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

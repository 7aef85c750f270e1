//! The two bodies of a proxied request: what goes to the service, and what comes back to the client.
//!
//! Both stream frame by frame; nothing is collected. They are plain enums, so that no body is boxed.

use crate::exchange::Tail;
use crate::upstream::endpoint::Endpoint;
use crate::upstream::h1::H1Body;
use http_body::{Body, Frame, SizeHint};
use hyper::body::{Bytes, Incoming};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

/// An error of a body, as hyper wants it.
pub(crate) type BodyError = Box<dyn std::error::Error + Send + Sync>;

/// What is known of a request body on its way.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// Bytes taken from the client.
    pub(crate) bytes: Cell<u64>,
    /// The client broke off, or broke the rules.
    pub(crate) client_failed: Cell<bool>,
}

/// The body sent to a service.
pub(crate) enum RequestBody {
    /// None.
    Empty,
    /// What the client sends.
    Client(Incoming, Rc<Upload>),
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        match self.get_mut() {
            Self::Empty => Poll::Ready(None),
            Self::Client(incoming, upload) => {
                let frame = Pin::new(incoming).poll_frame(cx);
                match &frame {
                    Poll::Ready(Some(Ok(frame))) => {
                        let n = frame.data_ref().map_or(0, Bytes::len) as u64;
                        upload.bytes.set(upload.bytes.get() + n);
                    }
                    Poll::Ready(Some(Err(_))) => upload.client_failed.set(true),
                    _ => {}
                }
                frame
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Client(incoming, _) => incoming.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Empty => SizeHint::with_exact(0),
            Self::Client(incoming, _) => incoming.size_hint(),
        }
    }
}

/// The body of an answer to a client. Dropping it ends the request: log line, counters, connection to the service.
pub(crate) struct AnswerBody {
    source: Source,
    tail: Tail,
}

/// Where an answer comes from.
pub(crate) enum Source {
    /// Nothing, or nothing more.
    Empty,
    /// The gateway itself.
    Full(Bytes),
    /// A service over HTTP/1.1.
    Http1(H1Body, Rc<Endpoint>),
    /// A service over HTTP/2.
    Http2(Incoming),
}

impl AnswerBody {
    pub(crate) fn new(source: Source, tail: Tail) -> Self {
        let mut body = Self { source, tail };
        body.release();
        body
    }

    /// Gives the connection back as soon as the last byte was read from it.
    fn release(&mut self) {
        if let Source::Http1(body, _) = &self.source
            && body.is_end_stream()
            && let Source::Http1(body, endpoint) = std::mem::replace(&mut self.source, Source::Empty)
            && let Some(conn) = body.into_reusable()
        {
            endpoint.give_back(conn);
        }
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = self.get_mut();
        let frame = match &mut this.source {
            Source::Empty => return Poll::Ready(None),
            Source::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                this.source = Source::Empty;
                this.tail.sent(bytes.len() as u64);
                return Poll::Ready(Some(Ok(Frame::data(bytes))));
            }
            Source::Http1(body, _) => ready!(body.poll_frame(cx)).map(|frame| frame.map_err(BodyError::from)),
            Source::Http2(body) => ready!(Pin::new(body).poll_frame(cx)).map(|frame| frame.map_err(BodyError::from)),
        };
        match frame {
            Some(Ok(frame)) => {
                this.tail.sent(frame.data_ref().map_or(0, Bytes::len) as u64);
                this.release();
                Poll::Ready(Some(Ok(frame)))
            }
            Some(Err(error)) => {
                this.source = Source::Empty;
                this.tail.broken(&*error);
                Poll::Ready(Some(Err(error)))
            }
            None => {
                this.release();
                this.source = Source::Empty;
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Empty => true,
            Source::Full(bytes) => bytes.is_empty(),
            Source::Http1(body, _) => body.is_end_stream(),
            Source::Http2(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Empty => SizeHint::with_exact(0),
            Source::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Http1(body, _) => body.size_hint(),
            Source::Http2(body) => body.size_hint(),
        }
    }
}

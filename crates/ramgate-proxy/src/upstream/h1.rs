//! HTTP/1.1 connections to services.
//!
//! hyper splits a client connection into a handle and a task that drives the socket. Here nothing is spawned: whoever
//! waits for the answer drives the connection too, so that a request costs one task and no hand-over between tasks.
//! Since the handle can only make progress while the connection is polled, and both are polled together, the handle's
//! wake-ups are of no use and go nowhere.

use crate::body::RequestBody;
use crate::upstream::connect::Stream;
use http::{Request, Response};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// A connection that carries one request at a time.
pub(crate) struct H1 {
    sender: SendRequest<RequestBody>,
    /// The connection of `sender`; polled by whoever waits for something from it. `None` once it has failed: dropping it is
    /// what tells `sender` and bodies so.
    conn: Option<Connection<TokioIo<Stream>, RequestBody>>,
    /// It has ended, so it must not be polled. After a switch of protocols it is still there, with the stream.
    ended: bool,
}

/// Why there is no answer.
pub(crate) struct SendError {
    /// The request, where nothing of it was written.
    pub(crate) unsent: Option<Box<Request<RequestBody>>>,
    /// What happened, for the log.
    pub(crate) source: hyper::Error,
}

impl H1 {
    /// Takes a connected stream.
    pub(crate) async fn handshake(stream: Stream, max_head_bytes: usize) -> hyper::Result<Box<Self>> {
        let mut builder = http1::Builder::new();
        builder.max_header_size(max_head_bytes);
        let (sender, conn) = builder.handshake(TokioIo::new(stream)).await?;
        Ok(Box::new(Self { sender, conn: Some(conn), ended: false }))
    }

    fn poll_conn(&mut self, cx: &mut Context<'_>) {
        match &mut self.conn {
            Some(conn) if !self.ended => self.ended = conn.poll_without_shutdown(cx).is_ready(),
            _ => {}
        }
    }

    /// Sends `request` and waits for the head of the answer. Dropping the future closes the connection.
    pub(crate) async fn send(&mut self, request: Request<RequestBody>) -> Result<Response<Incoming>, SendError> {
        let mut answer = pin!(self.sender.try_send_request(request));
        poll_fn(|cx| {
            self.poll_conn(cx);
            let noop = &mut Context::from_waker(Waker::noop());
            let polled = answer.as_mut().poll(noop);
            if polled.is_pending() && self.ended {
                // Resolves every request that is under way or queued.
                self.conn = None;
                return answer.as_mut().poll(noop);
            }
            polled
        })
        .await
        .map_err(|mut error| SendError { unsent: error.take_message().map(Box::new), source: error.into_error() })
    }

    /// True where another request can be sent now. Notices that the service has closed the connection.
    pub(crate) fn is_reusable(&mut self) -> bool {
        self.poll_conn(&mut Context::from_waker(Waker::noop()));
        !self.ended && self.sender.is_ready()
    }

    /// The stream behind a 101 answer, and what the service sent behind it. `None`: the connection has failed.
    pub(crate) async fn into_stream(mut self: Box<Self>) -> Option<(Stream, Bytes)> {
        poll_fn(|cx| {
            self.poll_conn(cx);
            if self.ended { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        let parts = self.conn?.into_parts();
        Some((parts.io.into_inner(), parts.read_buf))
    }
}

/// The body of an answer, together with the connection it comes over.
pub(crate) struct H1Body {
    incoming: Incoming,
    /// `None` once given back or failed.
    conn: Option<Box<H1>>,
}

impl H1Body {
    /// The body of an answer just received over `conn`.
    pub(crate) fn new(incoming: Incoming, conn: Box<H1>) -> Self {
        Self { incoming, conn: Some(conn) }
    }

    /// The connection, if the body has been read to its end and the connection can carry another request.
    pub(crate) fn take_reusable(&mut self) -> Option<Box<H1>> {
        if !self.incoming.is_end_stream() {
            return None;
        }
        self.conn.take().and_then(|mut conn| conn.is_reusable().then_some(conn))
    }

    /// The next frame.
    pub(crate) fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let noop = &mut Context::from_waker(Waker::noop());
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(noop) {
            return Poll::Ready(frame);
        }
        let Some(h1) = &mut self.conn else { return Poll::Ready(None) };
        h1.poll_conn(cx);
        let ended = h1.ended;
        match Pin::new(&mut self.incoming).poll_frame(noop) {
            Poll::Pending if ended => {
                // Tells the body that nothing more comes, if it does not know yet.
                self.conn = None;
                Pin::new(&mut self.incoming).poll_frame(noop)
            }
            polled => polled,
        }
    }

    pub(crate) fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

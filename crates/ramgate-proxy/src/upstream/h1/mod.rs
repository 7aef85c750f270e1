//! HTTP/1.1 connections to services.
//!
//! A connection belongs to one request at a time, and is driven by the task of that request: nothing is spawned, and
//! nothing is handed from task to task. The head is written from the headers as they are, so that a request whose
//! connection turns out to be dead can be sent once more without having been copied.
//!
//! Not hyper's client: that one needs a second task, two channels and a copy of each request, a third of all work of a
//! small request. Like the gate, this one accepts only what every parser reads alike; the rest is no valid answer.

mod body;
mod head;

pub(crate) use body::H1Body;

use super::connect::Stream;
use crate::body::RequestBody;
use body::Decoder;
use bytes::{Bytes, BytesMut};
use head::{Outgoing, parse_head};
use hyper::body::Body;
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncReadExt, AsyncWrite};

/// Room for a read, and what a connection keeps while it is idle.
const READ: usize = 8 * 1024;
/// Room for a read of a long body.
const LONG_READ: usize = 64 * 1024;

/// A connection to a service.
pub(crate) struct H1 {
    io: Stream,
    read: BytesMut,
    max_head_bytes: usize,
    upload: Upload,
    /// Written bytes wait within the stream (TLS).
    unflushed: bool,
}

/// What is still to be written, in this order.
#[derive(Default)]
struct Upload {
    /// Heads, and what frames chunks.
    prefix: Vec<u8>,
    written: usize,
    data: Bytes,
    /// What ends a chunk.
    suffix: &'static [u8],
    framing: UploadFraming,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum UploadFraming {
    /// All of the body is written, or under way.
    #[default]
    Done,
    /// So many bytes are still to come.
    Length(u64),
    Chunked,
    /// The connection takes no more; what the service has said before may still be read.
    Broken,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    /// The connection ended before a byte of the answer came.
    #[error("the connection was closed")]
    Closed(#[source] io::Error),
    /// The answer is no valid HTTP, or broke off within its head.
    #[error("the answer is not valid: {0}")]
    Invalid(&'static str),
    /// The client's body broke off, or broke the rules.
    #[error("the request body did not come to its end")]
    Client,
}

/// An answer without its body.
pub(crate) struct Answer {
    pub(crate) parts: http::response::Parts,
    /// Some header is for this connection only.
    pub(crate) has_hop_by_hop: bool,
    decoder: Decoder,
    keep_alive: bool,
}

impl H1 {
    /// Takes a connected stream.
    pub(crate) fn new(io: Stream, max_head_bytes: usize) -> Self {
        Self { io, read: BytesMut::new(), max_head_bytes, upload: Upload::default(), unflushed: false }
    }

    /// True where another request can be sent: the service has neither closed the connection nor said anything unasked.
    pub(crate) fn is_idle(&mut self) -> bool {
        self.read.is_empty() && self.io.is_silent(&mut self.read)
    }

    /// Sends a request, `more` fields behind those of its head, and waits for the head of the answer, whose headers take over the memory of the request's. Dropping
    /// the future closes the connection.
    pub(crate) async fn send(
        &mut self,
        head: &mut http::request::Parts,
        more: &[(&str, &[u8])],
        body: &mut RequestBody,
    ) -> Result<Answer, SendError> {
        let framing = if body.is_end_stream() {
            UploadFraming::Done
        } else {
            body.size_hint().exact().map_or(UploadFraming::Chunked, UploadFraming::Length)
        };
        let announced = match framing {
            UploadFraming::Length(n) => Outgoing::Length(n),
            UploadFraming::Chunked => Outgoing::Chunked,
            _ => Outgoing::Nothing,
        };
        self.upload.begin(framing);
        head::write_head(head, more, announced, &mut self.upload.prefix);
        poll_fn(|cx| {
            self.poll_upload(cx, body)?;
            self.poll_answer(cx, head)
        })
        .await
    }

    /// The stream behind a 101 answer, and what the service sent behind it.
    pub(crate) fn into_stream(self) -> (Stream, Bytes) {
        (self.io, self.read.freeze())
    }

    /// Reads more; the number of bytes, 0 at the end of the stream.
    fn poll_read(&mut self, cx: &mut Context<'_>, room: usize) -> Poll<io::Result<usize>> {
        if self.read.capacity() - self.read.len() < room.min(1024) {
            self.read.reserve(room);
        }
        pin!(self.io.read_buf(&mut self.read)).poll(cx)
    }

    fn poll_answer(
        &mut self,
        cx: &mut Context<'_>,
        head: &mut http::request::Parts,
    ) -> Poll<Result<Answer, SendError>> {
        loop {
            if !self.read.is_empty() {
                match parse_head(&mut self.read, head, self.max_head_bytes) {
                    Ok(Some(answer)) => return Poll::Ready(Ok(answer)),
                    Ok(None) => {}
                    Err(reason) => return Poll::Ready(Err(SendError::Invalid(reason))),
                }
            }
            let nothing_yet = self.read.is_empty();
            let error = match ready!(self.poll_read(cx, READ)) {
                Ok(0) => io::Error::from(io::ErrorKind::UnexpectedEof),
                Ok(_) => continue,
                Err(error) => error,
            };
            let broken = if nothing_yet { SendError::Closed(error) } else { SendError::Invalid("the head breaks off") };
            return Poll::Ready(Err(broken));
        }
    }

    /// Writes what can be written. Fails only where the client is to blame: a connection that takes no more may have an
    /// answer all the same.
    fn poll_upload(&mut self, cx: &mut Context<'_>, body: &mut RequestBody) -> Result<(), SendError> {
        loop {
            while !self.upload.is_written() {
                let Upload { data, suffix, .. } = &self.upload;
                let prefix = self.upload.prefix_left();
                let written = if data.is_empty() && suffix.is_empty() {
                    // The common case: a head alone.
                    Pin::new(&mut self.io).poll_write(cx, prefix)
                } else {
                    let slices = [IoSlice::new(prefix), IoSlice::new(data), IoSlice::new(suffix)];
                    Pin::new(&mut self.io).poll_write_vectored(cx, &slices)
                };
                match written {
                    Poll::Pending => return Ok(()),
                    Poll::Ready(Ok(n)) if n > 0 => {
                        self.upload.advance(n);
                        self.unflushed = true;
                    }
                    Poll::Ready(_) => self.upload.begin(UploadFraming::Broken),
                }
            }
            if !self.upload.wants_more() {
                break;
            }
            match Pin::new(&mut *body).poll_frame(cx) {
                Poll::Pending => break,
                Poll::Ready(Some(Err(_))) => return Err(SendError::Client),
                Poll::Ready(Some(Ok(frame))) => {
                    // Trailers end here: in HTTP/1.1 hardly anybody expects them.
                    if let Ok(data) = frame.into_data() {
                        self.upload.queue(data).map_err(|()| SendError::Client)?;
                    }
                }
                Poll::Ready(None) => self.upload.end().map_err(|()| SendError::Client)?,
            }
        }
        if self.unflushed {
            // A failure shows when the answer is read.
            self.unflushed = Pin::new(&mut self.io).poll_flush(cx).is_pending();
        }
        Ok(())
    }
}

impl Upload {
    fn begin(&mut self, framing: UploadFraming) {
        self.prefix.clear();
        self.written = 0;
        self.data = Bytes::new();
        self.suffix = b"";
        self.framing = framing;
    }

    fn prefix_left(&self) -> &[u8] {
        self.prefix.get(self.written..).unwrap_or_default()
    }

    fn is_written(&self) -> bool {
        self.written == self.prefix.len() && self.data.is_empty() && self.suffix.is_empty()
    }

    fn wants_more(&self) -> bool {
        matches!(self.framing, UploadFraming::Length(_) | UploadFraming::Chunked)
    }

    /// True once everything is written and the body has come to its end.
    fn is_complete(&self) -> bool {
        self.is_written() && self.framing == UploadFraming::Done
    }

    fn advance(&mut self, n: usize) {
        let of_prefix = n.min(self.prefix.len() - self.written);
        self.written += of_prefix;
        let of_data = (n - of_prefix).min(self.data.len());
        drop(self.data.split_to(of_data));
        self.suffix = self.suffix.get(n - of_prefix - of_data..).unwrap_or_default();
    }

    /// Queues more of the body; called when all before is written. Fails where there is more than announced.
    fn queue(&mut self, data: Bytes) -> Result<(), ()> {
        self.prefix.clear();
        self.written = 0;
        match &mut self.framing {
            UploadFraming::Length(left) => {
                *left = left.checked_sub(data.len() as u64).ok_or(())?;
                if *left == 0 {
                    self.framing = UploadFraming::Done;
                }
            }
            UploadFraming::Chunked if !data.is_empty() => {
                head::write_chunk_start(data.len(), &mut self.prefix);
                self.suffix = b"\r\n";
            }
            _ => {}
        }
        self.data = data;
        Ok(())
    }

    /// The body has come to its end. Fails where there is less than announced.
    fn end(&mut self) -> Result<(), ()> {
        self.prefix.clear();
        self.written = 0;
        match self.framing {
            UploadFraming::Length(left) if left > 0 => return Err(()),
            UploadFraming::Chunked => self.prefix.extend_from_slice(b"0\r\n\r\n"),
            _ => {}
        }
        self.framing = UploadFraming::Done;
        Ok(())
    }
}

#[cfg(test)]
mod tests;

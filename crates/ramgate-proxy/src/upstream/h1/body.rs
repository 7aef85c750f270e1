//! Bodies of answers: finding their end, and giving the connection back there.

use super::{H1, LONG_READ, READ, SendError, UploadFraming};
use crate::body::RequestBody;
use bytes::{Buf, Bytes, BytesMut};
use http::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::body::{Frame, SizeHint};
use std::io;
use std::task::{Context, Poll, ready};

/// Bytes of a size line, its extensions included.
const MAX_SIZE_LINE: usize = 256;
/// Bytes of trailers.
const MAX_TRAILER_BYTES: usize = 16 * 1024;
/// Trailer fields.
const MAX_TRAILERS: usize = 64;

/// Where in a body the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decoder {
    /// So many bytes are left.
    Length(u64),
    /// Before a size line; a line break comes first, if the last chunk still lacks its own.
    ChunkSize {
        behind_data: bool,
    },
    /// In a chunk: bytes left.
    ChunkData(u64),
    Trailers,
    /// The body ends with the connection.
    UntilEnd,
    /// The end was read.
    End,
}

/// What the decoder makes of bytes that are there.
enum Step {
    Data(Bytes),
    Trailers(HeaderMap),
    /// The end, or a step to be followed by another.
    On,
    NeedMore,
}

impl Decoder {
    pub(super) fn chunked() -> Self {
        Self::ChunkSize { behind_data: false }
    }

    pub(super) fn is_end(self) -> bool {
        matches!(self, Self::End | Self::Length(0))
    }

    fn step(&mut self, read: &mut BytesMut) -> Result<Step, &'static str> {
        match *self {
            Self::Length(0) | Self::End => {
                *self = Self::End;
                Ok(Step::On)
            }
            Self::Length(left) if !read.is_empty() => {
                let data = take(read, left);
                *self = Self::Length(left - data.len() as u64);
                Ok(Step::Data(data))
            }
            Self::ChunkData(left) if !read.is_empty() => {
                let data = take(read, left);
                let left = left - data.len() as u64;
                *self = if left == 0 { Self::ChunkSize { behind_data: true } } else { Self::ChunkData(left) };
                Ok(Step::Data(data))
            }
            Self::UntilEnd if !read.is_empty() => Ok(Step::Data(read.split().freeze())),
            Self::Length(_) | Self::ChunkData(_) | Self::UntilEnd => Ok(Step::NeedMore),
            Self::ChunkSize { behind_data } => self.size_line(read, behind_data),
            Self::Trailers => self.trailers(read),
        }
    }

    fn size_line(&mut self, read: &mut BytesMut, behind_data: bool) -> Result<Step, &'static str> {
        let bytes: &[u8] = if behind_data {
            match read.as_ref() {
                [b'\r', b'\n', rest @ ..] => rest,
                [] | [b'\r'] => return Ok(Step::NeedMore),
                _ => return Err("a chunk does not end in a line break"),
            }
        } else {
            read
        };
        let line = bytes.get(..MAX_SIZE_LINE.min(bytes.len())).unwrap_or_default();
        let Some(end) = memchr::memchr(b'\n', line) else {
            return if bytes.len() < MAX_SIZE_LINE {
                Ok(Step::NeedMore)
            } else {
                Err("a chunk's size line is too long")
            };
        };
        let line = line.get(..end).and_then(|line| line.strip_suffix(b"\r")).ok_or("a chunk size ends without CR")?;
        let digits = line.iter().position(|b| !b.is_ascii_hexdigit()).unwrap_or(line.len());
        let (digits, extension) = line.split_at(digits);
        let printable = |b: &u8| *b == b'\t' || (b' '..=b'~').contains(b);
        let extension_ok = extension.is_empty() || (extension.starts_with(b";") && extension.iter().all(printable));
        // 15 digits are far more than any chunk, and never overflow.
        if digits.is_empty() || digits.len() > 15 || !extension_ok {
            return Err("a chunk size is malformed");
        }
        let size = digits.iter().filter_map(|b| char::from(*b).to_digit(16)).fold(0, |n, d| n << 4 | u64::from(d));
        read.advance(end + 1 + if behind_data { 2 } else { 0 });
        *self = if size == 0 { Self::Trailers } else { Self::ChunkData(size) };
        Ok(Step::On)
    }

    fn trailers(&mut self, read: &mut BytesMut) -> Result<Step, &'static str> {
        match read.as_ref() {
            [b'\r', b'\n', ..] => {
                read.advance(2);
                *self = Self::End;
                return Ok(Step::On);
            }
            [] | [b'\r'] => return Ok(Step::NeedMore),
            _ => {}
        }
        let mut fields = [httparse::EMPTY_HEADER; MAX_TRAILERS];
        let (len, fields) = match httparse::parse_headers(read, &mut fields) {
            Ok(httparse::Status::Complete(done)) => done,
            Ok(httparse::Status::Partial) if read.len() < MAX_TRAILER_BYTES => return Ok(Step::NeedMore),
            _ => return Err("the trailers are malformed"),
        };
        let mut trailers = HeaderMap::with_capacity(fields.len());
        for field in fields {
            let name = HeaderName::from_bytes(field.name.as_bytes()).map_err(|_| "a trailer is malformed")?;
            let value = HeaderValue::from_bytes(field.value).map_err(|_| "a trailer is malformed")?;
            trailers.append(name, value);
        }
        read.advance(len);
        *self = Self::End;
        Ok(Step::Trailers(trailers))
    }
}

fn take(read: &mut BytesMut, at_most: u64) -> Bytes {
    let n = usize::try_from(at_most).map_or(read.len(), |n| n.min(read.len()));
    read.split_to(n).freeze()
}

/// The body of an answer, together with the connection that it comes over, and what is left of the request's body.
pub(crate) struct H1Body {
    h1: Box<H1>,
    decoder: Decoder,
    keep_alive: bool,
    upload: RequestBody,
    failed: bool,
}

impl H1Body {
    /// The body of `answer`, just received over `h1`.
    pub(crate) fn new(h1: Box<H1>, answer: &super::Answer, upload: RequestBody) -> Self {
        Self { h1, decoder: answer.decoder, keep_alive: answer.keep_alive, upload, failed: false }
    }

    /// True once the end has been read.
    pub(crate) fn is_end_stream(&self) -> bool {
        self.decoder.is_end()
    }

    pub(crate) fn size_hint(&self) -> SizeHint {
        match self.decoder {
            Decoder::Length(n) => SizeHint::with_exact(n),
            Decoder::End => SizeHint::with_exact(0),
            _ => SizeHint::default(),
        }
    }

    /// The connection, if it can carry another request now that the body has been read.
    pub(crate) fn into_reusable(self) -> Option<Box<H1>> {
        let clean = self.keep_alive && !self.failed && self.decoder.is_end();
        let H1 { read, upload, unflushed, .. } = &*self.h1;
        // What the service sends unasked could be taken for the next answer.
        (clean && read.is_empty() && upload.is_complete() && !unflushed).then_some(self.h1)
    }

    /// The next frame. Goes on with the request's body meanwhile.
    pub(crate) fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.h1.upload.wants_more() || !self.h1.upload.is_written() {
            match self.h1.poll_upload(cx, &mut self.upload) {
                Ok(()) => {}
                // The service has answered already; what becomes of the rest of the body is its own affair.
                Err(SendError::Client) => self.h1.upload.begin(UploadFraming::Broken),
                Err(SendError::Closed(error)) => return self.fail(error),
                Err(SendError::Invalid(reason)) => return self.fail(io::Error::other(reason)),
            }
        }
        loop {
            if self.decoder == Decoder::End {
                return Poll::Ready(None);
            }
            match self.decoder.step(&mut self.h1.read) {
                Ok(Step::Data(data)) => return Poll::Ready(Some(Ok(Frame::data(data)))),
                Ok(Step::Trailers(trailers)) => return Poll::Ready(Some(Ok(Frame::trailers(trailers)))),
                Ok(Step::On) => continue,
                Ok(Step::NeedMore) => {}
                Err(reason) => return self.fail(io::Error::new(io::ErrorKind::InvalidData, reason)),
            }
            let room = match self.decoder {
                Decoder::Length(left) | Decoder::ChunkData(left) => {
                    usize::try_from(left).map_or(LONG_READ, |n| n.clamp(READ, LONG_READ))
                }
                _ => READ,
            };
            match ready!(self.h1.poll_read(cx, room)) {
                Ok(0) if self.decoder == Decoder::UntilEnd => self.decoder = Decoder::End,
                Ok(0) => return self.fail(io::ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) => return self.fail(error),
            }
        }
    }

    fn fail(&mut self, error: io::Error) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.failed = true;
        self.decoder = Decoder::End;
        Poll::Ready(Some(Err(error)))
    }
}

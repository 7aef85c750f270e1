//! Heads: writing those of requests, reading those of answers.

use super::Answer;
use super::body::Decoder;
use bytes::BytesMut;
use http::header::{self, HeaderName, HeaderValue};
use http::{Method, StatusCode, Version};
use memchr::memchr_iter;
use std::io::Write;

/// Fields of an answer, at most.
const MAX_FIELDS: usize = 128;

/// How the body of a request is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outgoing {
    Nothing,
    Length(u64),
    Chunked,
}

/// Appends the head of a request with `more` fields, which none of its headers may be. What frames it is written from `body` alone, whatever the headers say.
pub(super) fn write_head(parts: &http::request::Parts, more: &[(&str, &[u8])], body: Outgoing, out: &mut Vec<u8>) {
    let target = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    out.extend_from_slice(parts.method.as_str().as_bytes());
    out.push(b' ');
    out.extend_from_slice(target.as_bytes());
    out.extend_from_slice(b" HTTP/1.1\r\n");
    let mut said_length = false;
    for (name, value) in &parts.headers {
        if *name == header::CONTENT_LENGTH {
            said_length = true;
            continue;
        }
        if *name == header::TRANSFER_ENCODING {
            continue;
        }
        write_field(name.as_str(), value.as_bytes(), out);
    }
    for (name, value) in more {
        write_field(name, value, out);
    }
    match body {
        // RFC 9110 §8.6: said where the client said it, or the method leads to expect a body.
        Outgoing::Nothing if said_length || expects_body(&parts.method) => {
            out.extend_from_slice(b"content-length: 0\r\n");
        }
        Outgoing::Nothing => {}
        Outgoing::Length(n) => {
            out.extend_from_slice(b"content-length: ");
            write_decimal(n, out);
            out.extend_from_slice(b"\r\n");
        }
        Outgoing::Chunked => out.extend_from_slice(b"transfer-encoding: chunked\r\n"),
    }
    out.extend_from_slice(b"\r\n");
}

fn write_field(name: &str, value: &[u8], out: &mut Vec<u8>) {
    // One look at the room that is left, not four.
    out.reserve(name.len() + value.len() + 4);
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend_from_slice(value);
    out.extend_from_slice(b"\r\n");
}

fn expects_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

fn write_decimal(n: u64, out: &mut Vec<u8>) {
    // Writing to a vector does not fail.
    let _ = write!(out, "{n}");
}

/// Appends a chunk's size line.
pub(super) fn write_chunk_start(len: usize, out: &mut Vec<u8>) {
    let _ = write!(out, "{len:x}\r\n");
}

/// Takes the head of the answer to `request` off `read`; `None` while it is not complete. Skips interim answers (1xx but
/// for 101). The headers of the request are given up with success.
pub(super) fn parse_head(
    read: &mut BytesMut,
    request: &mut http::request::Parts,
    max_bytes: usize,
) -> Result<Option<Answer>, &'static str> {
    while !read.is_empty() {
        match parse_one(read, request, max_bytes)? {
            Parsed::Answer(answer) => return Ok(Some(answer)),
            Parsed::Interim => {}
            Parsed::Partial => break,
        }
    }
    Ok(None)
}

enum Parsed {
    Answer(Answer),
    Interim,
    Partial,
}

fn parse_one(
    read: &mut BytesMut,
    request: &mut http::request::Parts,
    max_bytes: usize,
) -> Result<Parsed, &'static str> {
    let mut fields = [const { std::mem::MaybeUninit::uninit() }; MAX_FIELDS];
    let mut response = httparse::Response::new(&mut []);
    let config = httparse::ParserConfig::default();
    let len = match config.parse_response_with_uninit_headers(&mut response, read, &mut fields) {
        Ok(httparse::Status::Complete(len)) if len <= max_bytes => len,
        Ok(httparse::Status::Partial) if read.len() < max_bytes => return Ok(Parsed::Partial),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => return Err("the head is too large"),
        Err(_) => return Err("the head is malformed"),
    };
    let version = match response.version {
        Some(0) => Version::HTTP_10,
        Some(1) => Version::HTTP_11,
        _ => return Err("the version is unknown"),
    };
    let status = response.code.and_then(|code| StatusCode::from_u16(code).ok()).ok_or("the status is malformed")?;
    if has_bare_line_feed(read.get(..len).unwrap_or_default()) {
        return Err("a line ends without carriage return");
    }
    // Where fields lie, so that their values can share the buffer's memory.
    let start = read.as_ptr() as usize;
    let mut facts = Facts { version, ..Facts::default() };
    let mut places: smallvec::SmallVec<[(HeaderName, usize, usize); 16]> = smallvec::SmallVec::new();
    for field in response.headers.iter() {
        let name = HeaderName::from_bytes(field.name.as_bytes()).map_err(|_| "a header name is malformed")?;
        facts.take(&name, field.value)?;
        places.push((name, field.value.as_ptr() as usize - start, field.value.len()));
    }
    let bytes = read.split_to(len).freeze();
    if status.is_informational() && status != StatusCode::SWITCHING_PROTOCOLS {
        return Ok(Parsed::Interim);
    }
    let decoder = facts.framing(status, &request.method)?;
    let mut headers = std::mem::take(&mut request.headers);
    headers.clear();
    headers.reserve(places.len());
    for (name, at, len) in places {
        let value = HeaderValue::from_maybe_shared(bytes.slice(at..at + len)).map_err(|_| "a header is malformed")?;
        headers.append(name, value);
    }
    let keep_alive = status != StatusCode::SWITCHING_PROTOCOLS && decoder != Decoder::UntilEnd && facts.keeps_alive();
    let (mut parts, ()) = http::Response::new(()).into_parts();
    parts.status = status;
    parts.headers = headers;
    Ok(Parsed::Answer(Answer { parts, has_hop_by_hop: facts.hop_by_hop, decoder, keep_alive }))
}

/// What the headers of an answer say about its end, and about the connection.
#[derive(Default)]
struct Facts {
    version: Version,
    length: Option<u64>,
    chunked: bool,
    close: bool,
    keep_alive: bool,
    hop_by_hop: bool,
}

impl Facts {
    fn take(&mut self, name: &HeaderName, value: &[u8]) -> Result<(), &'static str> {
        match *name {
            header::CONTENT_LENGTH => {
                let length = decimal(value).ok_or("the content length is malformed")?;
                if self.length.replace(length).is_some() {
                    return Err("there are several content lengths");
                }
            }
            header::TRANSFER_ENCODING => {
                let chunked = value.eq_ignore_ascii_case(b"chunked") && self.version == Version::HTTP_11;
                if !chunked || std::mem::replace(&mut self.chunked, true) {
                    return Err("the transfer encoding is not `chunked`");
                }
                self.hop_by_hop = true;
            }
            header::CONNECTION => {
                for token in value.split(|&b| b == b',').map(<[u8]>::trim_ascii) {
                    self.close |= token.eq_ignore_ascii_case(b"close");
                    self.keep_alive |= token.eq_ignore_ascii_case(b"keep-alive");
                }
                self.hop_by_hop = true;
            }
            header::TE | header::UPGRADE => self.hop_by_hop = true,
            _ => self.hop_by_hop |= matches!(name.as_str(), "keep-alive" | "proxy-connection"),
        }
        Ok(())
    }

    /// How the body ends (RFC 9112 §6.3), where there is but one way to read it.
    fn framing(&self, status: StatusCode, method: &Method) -> Result<Decoder, &'static str> {
        if self.chunked && self.length.is_some() {
            return Err("the answer is framed in two ways");
        }
        let bodiless = *method == Method::HEAD
            || status == StatusCode::SWITCHING_PROTOCOLS
            || status == StatusCode::NO_CONTENT
            || status == StatusCode::NOT_MODIFIED;
        Ok(match self.length {
            _ if bodiless => Decoder::Length(0),
            _ if self.chunked => Decoder::chunked(),
            Some(n) => Decoder::Length(n),
            None => Decoder::UntilEnd,
        })
    }

    fn keeps_alive(&self) -> bool {
        !self.close && (self.keep_alive || self.version == Version::HTTP_11)
    }
}

/// httparse takes a line feed alone for the end of a line; others do not.
fn has_bare_line_feed(head: &[u8]) -> bool {
    memchr_iter(b'\n', head).any(|at| at == 0 || head.get(at - 1) != Some(&b'\r'))
}

/// Digits only, at most 18 of them.
fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    digits.iter().try_fold(0u64, |n, b| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0')))
}

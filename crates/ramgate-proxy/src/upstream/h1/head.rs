//! Heads: writing those of requests, reading those of answers.

use super::Answer;
use super::body::Decoder;
use bytes::BytesMut;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
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

/// Appends the head of a request. What frames it is written from `body` alone, whatever the headers say.
pub(super) fn write_head(parts: &http::request::Parts, body: Outgoing, out: &mut Vec<u8>) {
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
        out.extend_from_slice(name.as_str().as_bytes());
        out.extend_from_slice(b": ");
        out.extend_from_slice(value.as_bytes());
        out.extend_from_slice(b"\r\n");
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

/// Takes the head of an answer off `read`; `None` while it is not complete. Skips interim answers (1xx but for 101).
pub(super) fn parse_head(read: &mut BytesMut, method: &Method, max_bytes: usize) -> Result<Option<Answer>, &'static str> {
    loop {
        let Some((answer, status)) = parse_one(read, method, max_bytes)? else { return Ok(None) };
        if !status.is_informational() || status == StatusCode::SWITCHING_PROTOCOLS {
            return Ok(Some(answer));
        }
        if read.is_empty() {
            return Ok(None);
        }
    }
}

fn parse_one(
    read: &mut BytesMut,
    method: &Method,
    max_bytes: usize,
) -> Result<Option<(Answer, StatusCode)>, &'static str> {
    let mut fields = [const { std::mem::MaybeUninit::uninit() }; MAX_FIELDS];
    let mut response = httparse::Response::new(&mut []);
    let config = httparse::ParserConfig::default();
    let len = match config.parse_response_with_uninit_headers(&mut response, read, &mut fields) {
        Ok(httparse::Status::Complete(len)) if len <= max_bytes => len,
        Ok(httparse::Status::Partial) if read.len() < max_bytes => return Ok(None),
        Ok(_) | Err(httparse::Error::TooManyHeaders) => return Err("the head is too large"),
        Err(_) => return Err("the head is malformed"),
    };
    let version = match response.version {
        Some(0) => Version::HTTP_10,
        Some(1) => Version::HTTP_11,
        _ => return Err("the version is unknown"),
    };
    let status = response.code.and_then(|code| StatusCode::from_u16(code).ok()).ok_or("the status is malformed")?;
    // Where fields lie, so that their values can share the buffer's memory.
    let start = read.as_ptr() as usize;
    let places: smallvec::SmallVec<[(HeaderName, usize, usize); 16]> = response
        .headers
        .iter()
        .map(|field| {
            let name = HeaderName::from_bytes(field.name.as_bytes()).map_err(|_| "a header name is malformed")?;
            Ok((name, field.value.as_ptr() as usize - start, field.value.len()))
        })
        .collect::<Result<_, &'static str>>()?;
    if has_bare_line_feed(read.get(..len).unwrap_or_default()) {
        return Err("a line ends without carriage return");
    }
    let bytes = read.split_to(len).freeze();
    let mut headers = HeaderMap::with_capacity(places.len() + 2);
    for (name, at, len) in places {
        let value = HeaderValue::from_maybe_shared(bytes.slice(at..at + len)).map_err(|_| "a header is malformed")?;
        headers.append(name, value);
    }
    let decoder = framing(&headers, version, status, method)?;
    let keep_alive = status != StatusCode::SWITCHING_PROTOCOLS
        && decoder != Decoder::UntilEnd
        && keeps_alive(&headers, version);
    let (mut parts, ()) = http::Response::new(()).into_parts();
    parts.status = status;
    parts.headers = headers;
    Ok(Some((Answer { parts, decoder, keep_alive }, status)))
}

/// httparse takes a line feed alone for the end of a line; others do not.
fn has_bare_line_feed(head: &[u8]) -> bool {
    memchr_iter(b'\n', head).any(|at| at == 0 || head.get(at - 1) != Some(&b'\r'))
}

/// How the body of an answer ends (RFC 9112 §6.3), where there is but one way to read it.
fn framing(
    headers: &HeaderMap,
    version: Version,
    status: StatusCode,
    method: &Method,
) -> Result<Decoder, &'static str> {
    let mut lengths = headers.get_all(header::CONTENT_LENGTH).iter();
    let length = match lengths.next() {
        None => None,
        Some(value) => Some(decimal(value.as_bytes()).ok_or("the content length is malformed")?),
    };
    if lengths.next().is_some() {
        return Err("there are several content lengths");
    }
    let mut encodings = headers.get_all(header::TRANSFER_ENCODING).iter();
    let chunked = match encodings.next() {
        None => false,
        Some(value) if value.as_bytes().eq_ignore_ascii_case(b"chunked") && version == Version::HTTP_11 => true,
        Some(_) => return Err("the transfer encoding is not `chunked`"),
    };
    if encodings.next().is_some() || (chunked && length.is_some()) {
        return Err("the answer is framed in two ways");
    }
    let bodiless = *method == Method::HEAD
        || status.is_informational()
        || status == StatusCode::NO_CONTENT
        || status == StatusCode::NOT_MODIFIED;
    Ok(match length {
        _ if bodiless => Decoder::Length(0),
        _ if chunked => Decoder::chunked(),
        Some(n) => Decoder::Length(n),
        None => Decoder::UntilEnd,
    })
}

/// Digits only, at most 18 of them.
fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    digits.iter().try_fold(0u64, |n, b| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0')))
}

fn keeps_alive(headers: &HeaderMap, version: Version) -> bool {
    let mut keep = version == Version::HTTP_11;
    for token in headers.get_all(header::CONNECTION).iter().flat_map(|v| v.as_bytes().split(|&b| b == b',')) {
        let token = token.trim_ascii();
        if token.eq_ignore_ascii_case(b"close") {
            return false;
        }
        keep |= token.eq_ignore_ascii_case(b"keep-alive");
    }
    keep
}

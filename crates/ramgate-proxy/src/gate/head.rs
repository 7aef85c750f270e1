//! Reads one request head line by line and says how its body is framed.
//!
//! Only what decides framing, routing and protocol switches is read; that every name is a token and every value free
//! of control characters is hyper's parser to check (the gate's tests prove that it does).

use super::refusal::Refusal;
use memchr::memchr;

/// How the bytes behind a head are framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// No body.
    None,
    /// So many bytes.
    Length(u64),
    /// Chunks.
    Chunked,
    /// No body, and the client asks to switch to WebSocket.
    Upgrade,
}

/// What is known of the head being read.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The request line was read.
    begun: bool,
    http10: bool,
    get: bool,
    /// Authority of a target in absolute form.
    authority: Option<Box<[u8]>>,
    host: Option<Box<[u8]>>,
    has_host: bool,
    content_length: Option<u64>,
    chunked: bool,
    connection_upgrade: bool,
    upgrade_websocket: bool,
}

impl Head {
    /// True once the request line was read.
    pub(super) fn begun(&self) -> bool {
        self.begun
    }

    /// Forgets everything, for the next request of the connection.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes the request line, without CRLF.
    pub(super) fn request_line(&mut self, line: &[u8]) -> Result<(), Refusal> {
        self.begun = true;
        let (method, rest) = split_at_space(line).ok_or(Refusal::RequestLine)?;
        let (target, version) = split_at_space(rest).ok_or(Refusal::RequestLine)?;
        self.http10 = match version {
            b"HTTP/1.1" => false,
            b"HTTP/1.0" => true,
            _ if version.contains(&b' ') => return Err(Refusal::RequestLine),
            _ => return Err(Refusal::Version),
        };
        match method {
            b"" => return Err(Refusal::RequestLine),
            b"GET" => self.get = true,
            b"CONNECT" | b"PRI" => return Err(Refusal::Method),
            _ => {}
        }
        self.target(method, target)
    }

    fn target(&mut self, method: &[u8], target: &[u8]) -> Result<(), Refusal> {
        // A fragment never belongs into a request; parsers differ in whether they cut it off.
        if target.iter().any(|&b| b <= b' ' || b == 0x7f || b == b'#') {
            return Err(Refusal::Target);
        }
        match target.first() {
            Some(b'/') => return Ok(()),
            Some(b'*') if target.len() == 1 && method == b"OPTIONS" => return Ok(()),
            _ => {}
        }
        let scheme = |s: &[u8]| target.get(..s.len()).is_some_and(|t| t.eq_ignore_ascii_case(s));
        let rest = match () {
            () if scheme(b"http://") => target.get(7..),
            () if scheme(b"https://") => target.get(8..),
            () => None,
        }
        .ok_or(Refusal::Target)?;
        let end = rest.iter().position(|b| matches!(b, b'/' | b'?')).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if !is_host_and_port(authority) || path.first().is_some_and(|&b| b != b'/') {
            return Err(Refusal::Target);
        }
        self.authority = Some(authority.to_ascii_lowercase().into());
        Ok(())
    }

    /// Takes a header line, without CRLF. Not empty.
    pub(super) fn header_line(&mut self, line: &[u8]) -> Result<(), Refusal> {
        if matches!(line.first(), Some(b' ' | b'\t')) {
            return Err(Refusal::FoldedLine);
        }
        let colon = memchr(b':', line).ok_or(Refusal::HeaderLine)?;
        let (name, value) = line.split_at(colon);
        let value = || trim(value.get(1..).unwrap_or_default());
        // Few names matter, and their lengths tell most others apart.
        match name.len() {
            4 if name.eq_ignore_ascii_case(b"host") => self.host(value()),
            7 if name.eq_ignore_ascii_case(b"upgrade") => {
                self.upgrade_websocket |= value().eq_ignore_ascii_case(b"websocket");
                Ok(())
            }
            10 if name.eq_ignore_ascii_case(b"connection") => {
                let mut tokens = value().split(|&b| b == b',');
                self.connection_upgrade |= tokens.any(|t| trim(t).eq_ignore_ascii_case(b"upgrade"));
                Ok(())
            }
            14 if name.eq_ignore_ascii_case(b"content-length") => self.content_length(value()),
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => self.transfer_encoding(value()),
            0 => Err(Refusal::HeaderLine),
            _ => Ok(()),
        }
    }

    fn host(&mut self, value: &[u8]) -> Result<(), Refusal> {
        if self.has_host {
            return Err(Refusal::SeveralHosts);
        }
        self.has_host = true;
        if !is_host_and_port(value) {
            return Err(Refusal::Host);
        }
        if self.authority.is_some() {
            self.host = Some(value.to_ascii_lowercase().into());
        }
        Ok(())
    }

    fn content_length(&mut self, value: &[u8]) -> Result<(), Refusal> {
        if self.content_length.is_some() {
            return Err(Refusal::SeveralContentLengths);
        }
        if self.chunked {
            return Err(Refusal::LengthAndEncoding);
        }
        self.content_length = Some(decimal(value).ok_or(Refusal::ContentLength)?);
        Ok(())
    }

    fn transfer_encoding(&mut self, value: &[u8]) -> Result<(), Refusal> {
        if self.content_length.is_some() {
            return Err(Refusal::LengthAndEncoding);
        }
        if self.chunked || self.http10 || !value.eq_ignore_ascii_case(b"chunked") {
            return Err(Refusal::TransferEncoding);
        }
        self.chunked = true;
        Ok(())
    }

    /// The empty line was read: checks what concerns the whole head.
    pub(super) fn finish(&self) -> Result<Framing, Refusal> {
        if !self.has_host && !self.http10 {
            return Err(Refusal::MissingHost);
        }
        if let (Some(authority), Some(host)) = (&self.authority, &self.host)
            && authority != host
        {
            return Err(Refusal::TargetHostMismatch);
        }
        if self.chunked {
            return Ok(Framing::Chunked);
        }
        Ok(match self.content_length {
            Some(0) | None if self.asks_for_websocket() => Framing::Upgrade,
            Some(0) | None => Framing::None,
            Some(n) => Framing::Length(n),
        })
    }

    fn asks_for_websocket(&self) -> bool {
        self.get && !self.http10 && self.connection_upgrade && self.upgrade_websocket
    }
}

fn split_at_space(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = memchr(b' ', bytes)?;
    Some((bytes.get(..at)?, bytes.get(at + 1..)?))
}

fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    while let [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

/// A plain decimal number: digits only, at most 18 of them, so that no parser behind us can overflow.
fn decimal(bytes: &[u8]) -> Option<u64> {
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    bytes.iter().try_fold(0u64, |n, b| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0')))
}

/// `host[:port]` with a host name, IPv4 address or bracketed IPv6 address. No user information, no percent encoding.
pub(crate) fn is_host_and_port(text: &[u8]) -> bool {
    let (host_ok, port) = if let [b'[', rest @ ..] = text {
        let Some(end) = memchr(b']', rest) else { return false };
        let (host, port) = rest.split_at(end);
        (!host.is_empty() && host.iter().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.')), &port[1..])
    } else {
        let end = memchr(b':', text).unwrap_or(text.len());
        let (host, port) = text.split_at(end);
        let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
        (!host.is_empty() && host.iter().all(name), port)
    };
    let port_ok = match port {
        [] => true,
        [b':', digits @ ..] => digits.len() <= 5 && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    host_ok && port_ok
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_and_addresses_with_an_optional_port() {
        for ok in ["a", "a.b:80", "127.0.0.1:8080", "[::1]", "[::1]:443", "a_b-c.d.", "a:"] {
            assert!(is_host_and_port(ok.as_bytes()), "{ok}");
        }
        for bad in [
            "", ":80", "a b", "a,b", "a/b", "u@a", "a:80:80", "a:x", "a:123456", "[::1", "[]", "[::1]x", "a%41",
            "\u{e4}", "a#", "a?b",
        ] {
            assert!(!is_host_and_port(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn a_length_is_nothing_but_digits() {
        assert_eq!(decimal(b"0"), Some(0));
        assert_eq!(decimal(b"00012"), Some(12));
        for bad in ["", "+5", "-1", "0x5", "5,5", "5 5", "1e3", "9999999999999999999"] {
            assert_eq!(decimal(bad.as_bytes()), None, "{bad}");
        }
    }
}

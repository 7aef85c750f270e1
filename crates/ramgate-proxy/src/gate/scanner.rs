//! Follows the framing of an HTTP/1 byte stream, request after request, and finds the first byte that breaks a rule.
//!
//! Pure: bytes in, verdict out. It never copies but for the part of a line that a read boundary cuts off, and bodies
//! of known length are skipped without being looked at.

use super::head::{Framing, Head};
use super::refusal::Refusal;
use memchr::memchr;

/// Bytes of chunk extensions let pass in one body.
const MAX_EXTENSION_BYTES: u32 = 1024;
/// Bytes of trailers let pass in one body.
const MAX_TRAILER_BYTES: u32 = 8 * 1024;

/// What the stream is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Between requests or in a head.
    Head,
    /// In a body of known length: bytes left.
    Body(u64),
    /// In the digits of a chunk size: value and number of digits so far.
    ChunkSize(u64, u8),
    /// In the extension of a chunk of that size.
    ChunkExtension(u64),
    /// Before the LF that ends a size line.
    ChunkSizeLf(u64),
    /// In the data of a chunk: bytes left.
    ChunkData(u64),
    /// Before the CR behind chunk data.
    ChunkDataCr,
    /// Before the LF behind chunk data.
    ChunkDataLf,
    /// In the trailer section.
    Trailers,
    /// Behind a head that asks to switch protocols; the next bytes belong to whoever answers.
    Upgrade,
    /// A rule was broken.
    Refused,
}

/// Where the stream stands, as timeouts see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Between requests.
    Idle,
    /// A head has begun.
    Head,
    /// In a body.
    Body,
    /// Not HTTP any more, or refused.
    Other,
}

/// The state of one connection's request stream.
#[derive(Debug)]
pub(crate) struct Scanner {
    state: State,
    head: Head,
    /// A line cut off by the end of a read.
    carry: Vec<u8>,
    /// Empty lines skipped before the request line.
    skipped_line: bool,
    extension_bytes: u32,
    trailer_bytes: u32,
    max_line: usize,
    refusal: Option<Refusal>,
    poison: &'static [u8],
}

impl Scanner {
    /// At the start of a connection. No line longer than `max_line` is kept: hyper has answered 431 by then.
    pub(crate) fn new(max_line: usize) -> Self {
        Self {
            state: State::Head,
            head: Head::default(),
            carry: Vec::new(),
            skipped_line: false,
            extension_bytes: 0,
            trailer_bytes: 0,
            max_line,
            refusal: None,
            poison: b"",
        }
    }

    /// The rule that was broken.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }

    /// Where the stream stands.
    pub(crate) fn phase(&self) -> Phase {
        match self.state {
            State::Head if !self.head.begun() && self.carry.is_empty() => Phase::Idle,
            State::Head => Phase::Head,
            State::Upgrade | State::Refused => Phase::Other,
            _ => Phase::Body,
        }
    }

    /// True behind the head of a request that asks to switch to WebSocket.
    pub(crate) fn awaits_upgrade(&self) -> bool {
        self.state == State::Upgrade
    }

    /// Follows the next bytes of the stream. Returns how many of them may be passed on: all, or those before the offence.
    /// Where head and offence came in one piece, the end of the head is held back too, so that nothing of such a request is
    /// ever dispatched.
    pub(crate) fn scan(&mut self, bytes: &[u8]) -> usize {
        if self.state == State::Refused {
            return 0;
        }
        let mut head_end = None;
        match self.follow(bytes, &mut head_end) {
            Ok(()) => bytes.len(),
            Err((refusal, at)) => {
                self.poison = match self.state {
                    // Here hyper takes anything but a line feed.
                    State::ChunkExtension(_) if head_end.is_none() => b"\n",
                    _ => b"\0\r\n\r\n",
                };
                self.state = State::Refused;
                self.refusal = Some(refusal);
                head_end.unwrap_or(at)
            }
        }
    }

    /// What to put behind the last good byte, so that hyper's parser refuses the request: a byte that is wrong where it
    /// stands, and the end of a head, since hyper looks at a head that came in pieces only when it is complete.
    pub(crate) fn poison(&self) -> &'static [u8] {
        self.poison
    }

    /// `head_end` is set to the place of the last byte of the head whose body is being followed, if it lies in `bytes`.
    fn follow(&mut self, bytes: &[u8], head_end: &mut Option<usize>) -> Result<(), (Refusal, usize)> {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..)
            && let Some(&byte) = rest.first()
        {
            let refuse = |refusal| Err((refusal, at));
            match self.state {
                State::Head => {
                    *head_end = None;
                    let Some(n) = memchr(b'\n', rest) else { return self.keep(rest, at) };
                    self.head_line(&rest[..n]).map_err(|refusal| (refusal, at + n))?;
                    *head_end = Some(at + n).filter(|_| self.state != State::Head);
                    at += n + 1;
                    continue;
                }
                State::Body(left) => {
                    at += self.skip(left, rest.len(), State::Body, State::Head);
                    continue;
                }
                State::ChunkData(left) => {
                    at += self.skip(left, rest.len(), State::ChunkData, State::ChunkDataCr);
                    continue;
                }
                State::Trailers => {
                    let Some(n) = memchr(b'\n', rest) else { return self.keep(rest, at) };
                    self.trailer_line(&rest[..n]).map_err(|refusal| (refusal, at + n))?;
                    at += n + 1;
                    continue;
                }
                State::ChunkSize(size, digits) => match (hex(byte), byte) {
                    (Some(digit), _) if digits < 16 && size >> 59 == 0 => {
                        self.state = State::ChunkSize(size << 4 | u64::from(digit), digits + 1);
                    }
                    (None, b'\r') if digits > 0 => self.state = State::ChunkSizeLf(size),
                    (None, b';') if digits > 0 => self.state = State::ChunkExtension(size),
                    _ => return refuse(Refusal::ChunkSize),
                },
                State::ChunkExtension(size) => {
                    self.extension_bytes += 1;
                    match byte {
                        b'\r' => self.state = State::ChunkSizeLf(size),
                        b'\t' | b' '..=b'~' if self.extension_bytes <= MAX_EXTENSION_BYTES => {}
                        _ => return refuse(Refusal::ChunkExtension),
                    }
                }
                State::ChunkSizeLf(size) => {
                    self.state = match (byte, size) {
                        (b'\n', 0) => State::Trailers,
                        (b'\n', _) => State::ChunkData(size),
                        _ => return refuse(Refusal::ChunkSize),
                    }
                }
                State::ChunkDataCr if byte == b'\r' => self.state = State::ChunkDataLf,
                State::ChunkDataLf if byte == b'\n' => self.state = State::ChunkSize(0, 0),
                State::ChunkDataCr | State::ChunkDataLf => return refuse(Refusal::ChunkEnd),
                State::Upgrade => return refuse(Refusal::DataBehindUpgrade),
                State::Refused => return Ok(()),
            }
            at += 1;
        }
        Ok(())
    }

    /// Skips up to `left` bytes of the `available` ones; returns how many.
    fn skip(&mut self, left: u64, available: usize, same: fn(u64) -> State, next: State) -> usize {
        let n = left.min(available as u64);
        self.state = if n == left { next } else { same(left - n) };
        if self.state == State::Head {
            self.next_request();
        }
        n as usize
    }

    fn keep(&mut self, rest: &[u8], at: usize) -> Result<(), (Refusal, usize)> {
        // Beyond the limit hyper answers by itself; the stream ends there.
        if self.carry.len() + rest.len() > self.max_line {
            self.carry.clear();
            return Err((Refusal::HeaderLine, at + rest.len()));
        }
        self.carry.extend_from_slice(rest);
        Ok(())
    }

    fn next_request(&mut self) {
        self.head.reset();
        self.skipped_line = false;
    }

    /// Takes a line of a head, up to but without its LF.
    fn head_line(&mut self, tail: &[u8]) -> Result<(), Refusal> {
        let mut carry = std::mem::take(&mut self.carry);
        let result = match whole_line(&mut carry, tail) {
            Err(refusal) => Err(refusal),
            Ok(b"") if !self.head.begun() => match std::mem::replace(&mut self.skipped_line, true) {
                false => Ok(()),
                true => Err(Refusal::LeadingEmptyLines),
            },
            Ok(b"") => self.head_finished(),
            Ok(line) if !self.head.begun() => self.head.request_line(line),
            Ok(line) => self.head.header_line(line),
        };
        carry.clear();
        self.carry = carry;
        result
    }

    fn head_finished(&mut self) -> Result<(), Refusal> {
        self.state = match self.head.finish()? {
            Framing::None => {
                self.next_request();
                State::Head
            }
            Framing::Length(n) => State::Body(n),
            Framing::Chunked => {
                self.extension_bytes = 0;
                self.trailer_bytes = 0;
                State::ChunkSize(0, 0)
            }
            Framing::Upgrade => State::Upgrade,
        };
        Ok(())
    }

    /// Takes a line of the trailer section, up to but without its LF.
    fn trailer_line(&mut self, tail: &[u8]) -> Result<(), Refusal> {
        let mut carry = std::mem::take(&mut self.carry);
        let result = match whole_line(&mut carry, tail) {
            Ok(b"") => {
                self.state = State::Head;
                self.next_request();
                Ok(())
            }
            Ok(line) => {
                self.trailer_bytes = self.trailer_bytes.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
                trailer(line).filter(|()| self.trailer_bytes <= MAX_TRAILER_BYTES).ok_or(Refusal::Trailers)
            }
            Err(refusal) => Err(refusal),
        };
        carry.clear();
        self.carry = carry;
        result
    }
}

/// Joins the kept part of a line with its end and takes the CR off.
fn whole_line<'a>(carry: &'a mut Vec<u8>, tail: &'a [u8]) -> Result<&'a [u8], Refusal> {
    let line = if carry.is_empty() {
        tail
    } else {
        carry.extend_from_slice(tail);
        carry.as_slice()
    };
    line.strip_suffix(b"\r").ok_or(Refusal::BareLineFeed)
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// Checks a trailer field: a token, a colon, a value without control characters, and no field that frames, routes or
/// authenticates a message.
fn trailer(line: &[u8]) -> Option<()> {
    let colon = memchr(b':', line)?;
    let (name, value) = line.split_at(colon);
    let token = |b: &u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(b);
    let forbidden: [&[u8]; 8] = [
        b"content-length",
        b"transfer-encoding",
        b"host",
        b"connection",
        b"trailer",
        b"te",
        b"upgrade",
        b"authorization",
    ];
    let name_ok = !name.is_empty() && name.iter().all(token) && !forbidden.iter().any(|f| name.eq_ignore_ascii_case(f));
    let value_ok = value.iter().all(|&b| b == b'\t' || (b >= b' ' && b != 0x7f));
    (name_ok && value_ok).then_some(())
}

#[cfg(test)]
mod tests;

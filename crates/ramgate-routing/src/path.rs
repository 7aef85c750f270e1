//! Paths: the one form in which a request's path is both matched and forwarded.
//!
//! A gateway that matches one spelling of a path and forwards another can be walked around: `/%61dmin`, `/a/../admin`
//! and `/admin` are the same to most services. Hence the proxy calls [`normalise_path`] before anything looks at the
//! path, and forwards its result.
//!
//! | in the request | in the normal form |
//! |---|---|
//! | escapes of unreserved characters (letters, digits, `-._~`) | decoded |
//! | other escapes, `%2F` and `%5C` among them | kept, with upper-case digits |
//! | bytes that no URI may hold (`"<>[\]^{|}`, the backtick, everything beyond ASCII) | escaped |
//! | segments `.` and `..`, plain or escaped | resolved; above the root: refused |
//! | `.` or `..` hidden behind `%2F`, `%5C`, `\`, `;` or a second layer of escapes (`..%2Fa`, `..;/a`, `%252e%252e`) | refused |
//! | `//` | kept |
//! | broken escapes, `%00`, controls, blanks, `?`, `#` | refused |
//!
//! Left to the services: those that merge `//` or decode `%2F` see fewer segments than were matched, and parameters (`;v=1`)
//! are part of their segment here. A route that guards such a service guards a prefix that covers those spellings.
//!
//! For comparison alone one more step is taken, see [`with_match_form`].

use std::borrow::Cow;

/// The greatest length of a route's path or expression, in bytes.
pub const MAX_PATH_LEN: usize = 1024;

/// Why a request's path is refused. The answer is 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It does not begin with `/`.
    #[error("the path does not begin with `/`")]
    NotAbsolute,
    /// A `%` without two hexadecimal digits.
    #[error("the path holds a `%` without two hexadecimal digits")]
    BrokenEscape,
    /// A control character, a blank, `?`, `#` or an escaped NUL.
    #[error("the path holds a character that no path may hold")]
    ForbiddenByte,
    /// `..` leads above the root.
    #[error("the path leads above the root")]
    AboveRoot,
    /// A dot segment that only some readers would see.
    #[error("the path hides a dot segment")]
    HiddenDotSegment,
}

/// `A-Z a-z 0-9 - . _ ~` (RFC 3986, section 2.3).
const UNRESERVED: u8 = 1;
/// `!$&'()*+,;=` and `:@` (RFC 3986, section 3.3).
const RESERVED_IN_SEGMENT: u8 = 2;
/// Never in a path: controls, blank, DEL, `?`, `#`.
const FORBIDDEN: u8 = 4;
const SLASH: u8 = 8;

const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => UNRESERVED,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' => {
                RESERVED_IN_SEGMENT
            }
            0..=b' ' | 0x7f | b'?' | b'#' => FORBIDDEN,
            b'/' => SLASH,
            _ => 0,
        };
        byte += 1;
    }
    class
};

fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

/// The normal form of a request's path as received, without the query. Borrows where nothing had to change, which is so
/// for every ordinary path. Applying it twice gives the same as once.
pub fn normalise_path(raw: &str) -> Result<Cow<'_, str>, PathError> {
    if raw.as_bytes().first() != Some(&b'/') {
        return Err(PathError::NotAbsolute);
    }
    if is_plain(raw.as_bytes()) {
        return Ok(Cow::Borrowed(raw));
    }
    rewrite(raw).map(Cow::Owned)
}

/// True where neither an escape nor a byte to be escaped nor a segment that begins with a dot occurs.
fn is_plain(path: &[u8]) -> bool {
    let mut previous = 0;
    path.iter().all(|&byte| {
        let dot_segment = previous == b'/' && byte == b'.';
        previous = byte;
        class(byte) & (UNRESERVED | RESERVED_IN_SEGMENT | SLASH) != 0 && !dot_segment
    })
}

fn rewrite(raw: &str) -> Result<String, PathError> {
    let mut out = String::with_capacity(raw.len() + 16);
    let mut segments = raw.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let start = out.len();
        out.push('/');
        for symbol in Symbols::new(segment.as_bytes()) {
            symbol?.write_normal(&mut out);
        }
        let written = out.get(start + 1..).unwrap_or_default();
        let up = match written {
            "." => false,
            ".." => true,
            _ if hides_dot_segment(written.as_bytes()) => return Err(PathError::HiddenDotSegment),
            _ => continue,
        };
        out.truncate(start);
        if up {
            let parent = out.rfind('/').ok_or(PathError::AboveRoot)?;
            out.truncate(parent);
        }
        if segments.peek().is_none() {
            out.push('/');
        }
    }
    Ok(out)
}

/// Would a lenient reader of this segment see `.` or `..`? Lenient readers take `%2F`, `\` and `%5C` for `/` (IIS, many
/// application servers), cut segments at `;` (servlet containers), or decode twice.
fn hides_dot_segment(segment: &[u8]) -> bool {
    // How many dots the current part consists of; `None` once it is an ordinary name.
    let mut dots = Some(0_u8);
    let mut in_parameter = false;
    let is_dots = |dots: Option<u8>| matches!(dots, Some(1 | 2));
    let mut rest = segment;
    while let Some((&first, mut tail)) = rest.split_first() {
        let mut byte = first;
        if first == b'%' {
            while let [b'2', b'5', after @ ..] = tail {
                tail = after;
            }
            if let [high, low, after @ ..] = tail
                && let Some(value) = hex_value(*high, *low)
            {
                (byte, tail) = (value, after);
            }
        }
        rest = tail;
        match byte {
            b'/' | b'\\' if is_dots(dots) => return true,
            b'/' | b'\\' => (dots, in_parameter) = (Some(0), false),
            b';' => in_parameter = true,
            _ if in_parameter => {}
            b'.' => dots = dots.map(|n| n.saturating_add(1)),
            _ => dots = None,
        }
    }
    is_dots(dots)
}

/// The text of a route's path or prefix in the form that requests are compared in, see
/// [`with_match_form`]. Dot segments are
/// left alone: a prefix may end within a segment.
pub(crate) fn match_form_of_rule(text: &str) -> Result<String, PathError> {
    let mut out = String::with_capacity(text.len());
    for symbol in Symbols::new(text.as_bytes()) {
        symbol?.write_match_form(&mut out);
    }
    Ok(out)
}

/// As [`match_form_of_rule`], for a piece of an expression: what is no complete escape stays as it is.
pub(crate) fn match_form_of_literal(piece: &[u8]) -> Vec<u8> {
    let mut out = String::with_capacity(piece.len());
    let mut symbols = Symbols::new(piece);
    while let Some(symbol) = symbols.next() {
        match symbol {
            Ok(symbol) => symbol.write_match_form(&mut out),
            Err(_) => out.push(char::from(symbols.last)),
        }
    }
    out.into_bytes()
}

/// Calls `f` with the form of a normal path in which it is compared with routes: escapes of `!$&'()*+,;=:@` are decoded
/// too.
///
/// Services read `/$metadata` and `/%24metadata` alike, so routes must as well; but the two differ formally, and some
/// services do tell them apart (`+`), so the path is forwarded as it came. Allocates only for long paths with escapes.
pub(crate) fn with_match_form<T>(path: &str, f: impl FnOnce(&[u8]) -> T) -> T {
    let bytes = path.as_bytes();
    if memchr::memchr(b'%', bytes).is_none() {
        return f(bytes);
    }
    let mut short = [0; 256];
    let mut long = Vec::new();
    let out = match short.get_mut(..bytes.len()) {
        Some(out) => out,
        None => {
            long.resize(bytes.len(), 0);
            long.as_mut_slice()
        }
    };
    let mut len = 0;
    let mut rest = bytes;
    while let Some((&first, tail)) = rest.split_first() {
        let mut byte = first;
        rest = tail;
        if let (b'%', [high, low, after @ ..]) = (first, tail)
            && let Some(value) = hex_value(*high, *low)
            && class(value) & (UNRESERVED | RESERVED_IN_SEGMENT) != 0
        {
            (byte, rest) = (value, after);
        }
        if let Some(slot) = out.get_mut(len) {
            *slot = byte;
            len += 1;
        }
    }
    f(out.get(..len).unwrap_or_default())
}

/// One character of a path: a byte, and whether it was written as an escape.
#[derive(Clone, Copy)]
struct Symbol {
    byte: u8,
    escaped: bool,
}

impl Symbol {
    fn write_normal(self, out: &mut String) {
        let plain = if self.escaped { UNRESERVED } else { UNRESERVED | RESERVED_IN_SEGMENT | SLASH };
        self.write(plain, out);
    }

    fn write_match_form(self, out: &mut String) {
        let plain = UNRESERVED | RESERVED_IN_SEGMENT | if self.escaped { 0 } else { SLASH };
        self.write(plain, out);
    }

    fn write(self, plain: u8, out: &mut String) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        if class(self.byte) & plain != 0 {
            out.push(char::from(self.byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(self.byte >> 4)]));
            out.push(char::from(HEX[usize::from(self.byte & 15)]));
        }
    }
}

/// The symbols of a path. After an error it goes on behind the byte that caused it.
struct Symbols<'a> {
    rest: &'a [u8],
    /// The byte read last.
    last: u8,
}

impl<'a> Symbols<'a> {
    fn new(path: &'a [u8]) -> Self {
        Self { rest: path, last: 0 }
    }
}

impl Iterator for Symbols<'_> {
    type Item = Result<Symbol, PathError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (&first, tail) = self.rest.split_first()?;
        (self.rest, self.last) = (tail, first);
        if first != b'%' {
            let forbidden = class(first) & FORBIDDEN != 0;
            let symbol = Symbol { byte: first, escaped: false };
            return Some(if forbidden { Err(PathError::ForbiddenByte) } else { Ok(symbol) });
        }
        let [high, low, after @ ..] = tail else { return Some(Err(PathError::BrokenEscape)) };
        let Some(byte) = hex_value(*high, *low) else { return Some(Err(PathError::BrokenEscape)) };
        if byte == 0 {
            return Some(Err(PathError::ForbiddenByte));
        }
        self.rest = after;
        Some(Ok(Symbol { byte, escaped: true }))
    }
}

/// The value of two hexadecimal digits.
pub(crate) fn hex_value(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    Some((digit(high)? * 16 + digit(low)?) as u8)
}

#[cfg(test)]
mod tests;

//! Percent coding as the signature schemes define it, and hexadecimal output.
//!
//! Strict on input: a `%` that is not followed by two hexadecimal digits is an error, because a lenient reader and a
//! strict one would see two different requests behind one signature.

use std::borrow::Cow;

/// Why a percent-encoded text could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecodeProblem {
    /// A `%` without two hexadecimal digits behind it.
    BadEscape,
    /// The decoded bytes are not UTF-8.
    NotUtf8,
}

impl DecodeProblem {
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::BadEscape => "a `%` is not followed by two hexadecimal digits",
            Self::NotUtf8 => "the decoded text is not UTF-8",
        }
    }
}

/// What a literal `+` stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plus {
    /// A space: queries and form bodies.
    Space,
    /// Itself: paths.
    Literal,
}

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

const fn upper_digit(nibble: u8) -> u8 {
    match nibble & 0x0f {
        digit @ 0..=9 => b'0' + digit,
        letter => b'A' + (letter - 10),
    }
}

/// Appends `bytes` with everything escaped except `A-Z a-z 0-9 - _ . ~` and the bytes `keep` says.
pub(crate) fn push_encoded_except(out: &mut Vec<u8>, bytes: &[u8], keep: impl Fn(u8) -> bool) {
    for &byte in bytes {
        if is_unreserved(byte) || keep(byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(&[b'%', upper_digit(byte >> 4), upper_digit(byte)]);
        }
    }
}

/// Appends `bytes` with everything escaped except `A-Z a-z 0-9 - _ . ~`.
pub(crate) fn push_encoded(out: &mut Vec<u8>, bytes: &[u8]) {
    push_encoded_except(out, bytes, |_| false);
}

/// True when strict encoding would leave `bytes` as they are.
pub(crate) fn needs_no_encoding(bytes: &[u8]) -> bool {
    bytes.iter().copied().all(is_unreserved)
}

/// Escapes everything except `A-Z a-z 0-9 - _ . ~`, upper-case hexadecimal, space as `%20`.
///
/// This is the encoding of every canonical form and of path parameters on the wire.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(upper_digit(byte >> 4)));
            out.push(char::from(upper_digit(byte)));
        }
    }
    out
}

fn digit_value(byte: Option<u8>) -> Option<u8> {
    char::from(byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Decodes percent escapes; borrows when there is nothing to decode.
pub(crate) fn percent_decode(bytes: &[u8], plus: Plus) -> Result<Cow<'_, [u8]>, DecodeProblem> {
    let special = |byte: &u8| *byte == b'%' || (*byte == b'+' && plus == Plus::Space);
    if !bytes.iter().any(special) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => match (digit_value(rest.next()), digit_value(rest.next())) {
                (Some(high), Some(low)) => out.push(high << 4 | low),
                _ => return Err(DecodeProblem::BadEscape),
            },
            b'+' if plus == Plus::Space => out.push(b' '),
            other => out.push(other),
        }
    }
    Ok(Cow::Owned(out))
}

/// Decodes percent escapes into text.
pub(crate) fn decode_text(bytes: &[u8], plus: Plus) -> Result<Cow<'_, str>, DecodeProblem> {
    match percent_decode(bytes, plus)? {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| DecodeProblem::NotUtf8),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| DecodeProblem::NotUtf8),
    }
}

/// Decodes one path segment of a request target; `None` when it is malformed or not UTF-8.
///
/// Split the raw path on `/` first: `%2F` inside a segment is part of a value. A `+` stays a `+`. The verifier reads
/// paths by the same rule, so a path decoded here is the path that was signed.
#[must_use]
pub fn decode_path_segment(segment: &str) -> Option<Cow<'_, str>> {
    decode_text(segment.as_bytes(), Plus::Literal).ok()
}

/// Lower-case hexadecimal.
pub(crate) fn hex_lower(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [upper_digit(byte >> 4), upper_digit(*byte)]).fold(
        String::with_capacity(bytes.len().saturating_mul(2)),
        |mut out, digit| {
            out.push(char::from(digit.to_ascii_lowercase()));
            out
        },
    )
}

/// Reads hexadecimal of either case into exactly `N` bytes.
pub(crate) fn hex_decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N.checked_mul(2)? {
        return None;
    }
    let mut digits = text.bytes();
    let mut out = [0; N];
    for byte in &mut out {
        *byte = digit_value(digits.next())? << 4 | digit_value(digits.next())?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_unreserved_characters_is_escaped_in_upper_case() {
        assert_eq!(percent_encode("aZ09-_.~"), "aZ09-_.~");
        assert_eq!(percent_encode(" +*!'()/%&=é中"), "%20%2B%2A%21%27%28%29%2F%25%26%3D%C3%A9%E4%B8%AD");
    }

    #[test]
    fn plus_is_a_space_in_queries_and_itself_in_paths() {
        assert_eq!(decode_text(b"a+b%2Bc%20d", Plus::Space).as_deref(), Ok("a b+c d"));
        assert_eq!(decode_text(b"a+b%2Bc%20d", Plus::Literal).as_deref(), Ok("a+b+c d"));
    }

    #[test]
    fn escapes_that_are_cut_short_or_not_hexadecimal_are_refused() {
        for text in ["%", "%1", "a%", "%zz", "%+1", "%1g", "% 1"] {
            assert_eq!(decode_text(text.as_bytes(), Plus::Space), Err(DecodeProblem::BadEscape), "{text}");
        }
        assert_eq!(decode_text(b"%ff", Plus::Space), Err(DecodeProblem::NotUtf8));
        assert_eq!(decode_text(b"\xff", Plus::Space), Err(DecodeProblem::NotUtf8));
    }

    #[test]
    fn hexadecimal_reads_back_and_other_lengths_are_refused() {
        assert_eq!(hex_lower(&[0, 0x1f, 0xff]), "001fff");
        assert_eq!(hex_decode::<3>("001FfF"), Some([0, 0x1f, 0xff]));
        assert_eq!(hex_decode::<3>("001ff"), None);
        assert_eq!(hex_decode::<2>("00é"), None);
    }
}

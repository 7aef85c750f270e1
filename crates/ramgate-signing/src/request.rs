//! The raw request as the verifier sees it: bytes that travelled, before any framework normalised them.
//!
//! Knows nothing of HTTP libraries. The caller borrows method, target, headers and body out of whatever it uses; with
//! HTTP/2 it adds `:authority` as the header `host`.

use std::{collections::BTreeSet, fmt};

use crate::{
    encoding::{DecodeProblem, Plus, decode_text},
    error::SignatureError,
};

/// A borrowed view of one request.
#[derive(Clone, Copy)]
pub struct WireRequest<'a> {
    /// The method as received; methods are case-sensitive.
    pub method: &'a str,
    /// The request target exactly as received, `/path?query`. Never one that a library has decoded, re-encoded or
    /// cleaned of dot segments: the signature covers the spelling.
    pub target: &'a str,
    /// All headers in the order received, repeated ones repeated. Names in any case.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The complete body without transfer coding. The caller has bounded its size.
    pub body: &'a [u8],
}

impl<'a> WireRequest<'a> {
    /// The path as received, percent-encoded; `/` when the target has none.
    #[must_use]
    pub fn path(&self) -> &'a str {
        let path = self.target.split_once('?').map_or(self.target, |(path, _)| path);
        if path.is_empty() { "/" } else { path }
    }

    /// The query as received, without the question mark; empty when there is none.
    #[must_use]
    pub fn query(&self) -> &'a str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// All values of a header, in the order received. `name` in lower case.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        self.headers.iter().filter(move |(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// The value of a header that may occur once, without surrounding white space.
    pub(crate) fn single(&self, name: &str) -> Result<Option<&'a [u8]>, SignatureError> {
        let mut values = self.values(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(SignatureError::DuplicateHeader { name: name.to_owned() });
        }
        Ok(first.map(<[u8]>::trim_ascii))
    }

    /// The text of a header that may occur once; `None` when it is absent or empty.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&'a str>, SignatureError> {
        let Some(value) = self.single(name)? else { return Ok(None) };
        let text = std::str::from_utf8(value)
            .map_err(|_| SignatureError::MalformedHeader { name: name.to_owned(), reason: "not UTF-8" })?;
        Ok((!text.is_empty()).then_some(text))
    }

    /// True when the body is declared to be form parameters.
    pub(crate) fn has_form(&self) -> Result<bool, SignatureError> {
        let Some(value) = self.text("content-type")? else { return Ok(false) };
        let essence = value.split_once(';').map_or(value, |(essence, _)| essence);
        Ok(essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    }

    /// Refuses what no canonical form can represent without doubt: control characters (they would forge lines), targets
    /// that are not `/path?query`, malformed escapes, and `x-acs-*` headers that occur twice.
    pub(crate) fn validate(&self) -> Result<(), SignatureError> {
        if self.method.is_empty() || !self.method.bytes().all(is_token) {
            return Err(SignatureError::MalformedTarget { reason: "the method is not a token" });
        }
        self.validate_target()?;
        let mut acs_names = BTreeSet::new();
        for (name, value) in self.headers {
            if name.is_empty() || !name.bytes().all(is_token) {
                return Err(SignatureError::MalformedHeader {
                    name: crate::error::shortened(name),
                    reason: "the name is not a token",
                });
            }
            if value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
                return Err(SignatureError::MalformedHeader {
                    name: name.to_ascii_lowercase(),
                    reason: "the value contains a line break or NUL",
                });
            }
            if is_acs(name) && !acs_names.insert(name.to_ascii_lowercase()) {
                return Err(SignatureError::DuplicateHeader { name: name.to_ascii_lowercase() });
            }
        }
        Ok(())
    }

    fn validate_target(&self) -> Result<(), SignatureError> {
        let malformed = |reason| Err(SignatureError::MalformedTarget { reason });
        if !matches!(self.target.bytes().next(), None | Some(b'/' | b'?')) {
            return malformed("it has to start with `/`");
        }
        if self.target.bytes().any(|byte| byte.is_ascii_control() || matches!(byte, b' ' | b'#')) {
            return malformed("it contains a space, a `#` or a control character");
        }
        self.path().split('/').try_for_each(|segment| match decode_text(segment.as_bytes(), Plus::Literal) {
            Ok(_) => Ok(()),
            Err(DecodeProblem::BadEscape) => malformed("a `%` in the path is not followed by two hexadecimal digits"),
            Err(DecodeProblem::NotUtf8) => malformed("the decoded path is not UTF-8"),
        })
    }
}

/// Method and path only: headers and body may carry credentials.
impl fmt::Debug for WireRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireRequest").field("method", &self.method).field("path", &self.path()).finish_non_exhaustive()
    }
}

/// True for the headers that belong to the protocol.
pub(crate) fn is_acs(name: &str) -> bool {
    name.as_bytes().get(..6).is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"x-acs-"))
}

/// A character of an HTTP token (RFC 9110 §5.6.2).
pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

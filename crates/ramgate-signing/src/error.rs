//! Every way in which a request's credentials or signature can be refused, with the answer that SDKs expect.
//!
//! One variant says one thing; [`SignatureError::code`], [`SignatureError::http_status`] and [`SignatureError::message`]
//! are what goes on the wire. `Display` is the short form for logs: it never contains a string to sign, because that may
//! carry a security token. No variant ever holds a secret.
//!
//! The management plane uses the same enum for the answers it decides itself (unknown key, used nonce), so that one file
//! there turns credential errors into responses.

use std::fmt;

use crate::{identify::SchemeKind, limits::Window, replay::FullScope, time::UnixTime};

/// The longest string to sign an error repeats, in bytes. A caller could otherwise make the server send a body back
/// nine times its size.
const MAX_SHOWN: usize = 16 * 1024;

/// Why a request was refused before authorization.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// The method or the request target cannot be read unambiguously.
    #[error("malformed request target: {reason}")]
    MalformedTarget {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A header that takes part in authentication cannot be read.
    #[error("malformed header `{name}`: {reason}")]
    MalformedHeader {
        /// Lower-case header name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A header that may occur once occurs several times.
    #[error("header `{name}` is given more than once")]
    DuplicateHeader {
        /// Lower-case header name.
        name: String,
    },
    /// A query or form parameter cannot be read.
    #[error("malformed {place} parameters: {reason}")]
    MalformedParameters {
        /// `query` or `form`.
        place: &'static str,
        /// What is wrong.
        reason: &'static str,
    },
    /// A parameter occurs several times in the query, or several times in the form.
    #[error("parameter `{name}` is given more than once in the {place}")]
    DuplicateParameter {
        /// Parameter name, decoded, at most 128 bytes of it.
        name: String,
        /// `query` or `form`.
        place: &'static str,
    },
    /// The request carries credentials of a kind that is not implemented.
    #[error("signature scheme `{scheme}` is not supported")]
    UnsupportedScheme {
        /// The scheme as the request names it, cut and cleaned.
        scheme: String,
    },
    /// The scheme is implemented but switched off in [`crate::Limits`].
    #[error("signature scheme {scheme} is switched off")]
    SchemeRefused {
        /// The scheme.
        scheme: SchemeKind,
    },
    /// A field that the scheme demands is absent or empty.
    #[error("`{name}` is missing")]
    Missing {
        /// The wire code, `Missing…`.
        code: &'static str,
        /// The header or parameter that is missing.
        name: &'static str,
    },
    /// The credentials are there but incomplete or ill-formed.
    #[error("incomplete signature: {reason}")]
    IncompleteSignature {
        /// What is wrong.
        reason: &'static str,
    },
    /// A header that has to be signed is on the wire but not among the signed headers.
    #[error("header `{name}` is not signed")]
    UnsignedHeader {
        /// Lower-case header name.
        name: String,
    },
    /// A header is listed as signed but not on the wire.
    #[error("signed header `{name}` is not in the request")]
    AbsentSignedHeader {
        /// Lower-case header name.
        name: String,
    },
    /// A body that the signature does not cover where it has to.
    #[error("the body is not covered by the signature: {reason}")]
    UncoveredBody {
        /// Why not, and what to do.
        reason: &'static str,
    },
    /// Values that ROA signature version 1 cannot represent unambiguously.
    #[error("query parameter `{name}` cannot be signed unambiguously with ROA signature version 1")]
    AmbiguousRoaQuery {
        /// Parameter name, decoded, at most 128 bytes of it.
        name: String,
    },
    /// The request's time is not in the form that its scheme prescribes.
    #[error("time `{name}` is not well formatted")]
    TimestampFormat {
        /// The header or parameter.
        name: &'static str,
        /// The form expected.
        expected: &'static str,
    },
    /// The request's time lies outside the accepted window.
    #[error("request time {presented} is outside the window accepted at {now}")]
    TimestampExpired {
        /// The request's time.
        presented: UnixTime,
        /// The server's time.
        now: UnixTime,
        /// What is accepted.
        window: Window,
    },
    /// `Content-MD5` differs from the body's.
    #[error("`Content-MD5` does not match the body")]
    ContentMd5,
    /// `x-acs-content-sha256` differs from the body's hash.
    #[error("`x-acs-content-sha256` does not match the body, whose hash is {computed}")]
    BodyHash {
        /// The body's lower-case hexadecimal SHA-256.
        computed: String,
    },
    /// The signature differs from the server's calculation.
    #[error("signature does not match ({})", .0.scheme)]
    Mismatch(Box<Mismatch>),
    /// Nothing in the request was signed, where a signature is needed.
    #[error("the request is not signed")]
    NotSigned,
    /// No such access key. Decided by the caller.
    #[error("access key not found")]
    AccessKeyNotFound,
    /// The access key is disabled. Decided by the caller.
    #[error("access key is disabled")]
    AccessKeyInactive,
    /// The security token does not go with the key. Decided by the caller.
    #[error("security token {0}")]
    Token(TokenProblem),
    /// The nonce was used before, see [`crate::ReplayGuard`].
    #[error("signature nonce was used already")]
    NonceUsed,
    /// The replay guard has no room for another nonce.
    #[error("replay guard is full ({0:?})")]
    ReplayGuardFull(FullScope),
}

/// What is wrong with a security token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenProblem {
    /// Its lifetime is over.
    Expired,
    /// It cannot be read, or was not issued here.
    Malformed,
    /// It belongs to another access key.
    MismatchWithAccessKey,
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expired => "is expired",
            Self::Malformed => "is malformed",
            Self::MismatchWithAccessKey => "does not belong to the access key",
        })
    }
}

/// The server's side of a signature that does not match.
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    pub(crate) scheme: SchemeKind,
    pub(crate) string_to_sign: String,
    pub(crate) log_detail: String,
}

impl Mismatch {
    /// Builds the detail; `token` is masked in what is meant for the log, never in what the caller gets, who sent it.
    pub(crate) fn new(scheme: SchemeKind, string_to_sign: &[u8], for_log: &[u8], token: Option<&str>) -> Self {
        let mut log_detail = shown(for_log);
        for secret in token.into_iter().filter(|token| !token.is_empty()).flat_map(spellings) {
            log_detail = log_detail.replace(&secret, "[redacted]");
        }
        Self { scheme, string_to_sign: shown(string_to_sign), log_detail }
    }

    /// The scheme that was tried.
    #[must_use]
    pub fn scheme(&self) -> SchemeKind {
        self.scheme
    }

    /// What the server signed, as the answer shows it (at most 16 KiB).
    #[must_use]
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }

    /// What belongs into the log and not into the answer: for V3 the canonical request, otherwise the string to sign,
    /// with the security token masked.
    #[must_use]
    pub fn log_detail(&self) -> &str {
        &self.log_detail
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mismatch").field("scheme", &self.scheme).field("log_detail", &self.log_detail).finish()
    }
}

/// A token as it may occur in a string to sign: raw, encoded once, encoded twice. Longest first, so that no part of a
/// longer spelling is left over.
fn spellings(token: &str) -> [String; 3] {
    let once = crate::percent_encode(token);
    [crate::percent_encode(&once), once, token.to_owned()]
}

fn shown(bytes: &[u8]) -> String {
    match bytes.get(..MAX_SHOWN) {
        Some(head) if bytes.len() > MAX_SHOWN => {
            format!("{}… ({} bytes in all)", String::from_utf8_lossy(head), bytes.len())
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Cuts a parameter name taken from the request to what an error may repeat.
pub(crate) fn shortened(name: &str) -> String {
    name.chars().take(64).filter(|c| !c.is_control()).collect()
}

impl SignatureError {
    /// The error code of the answer, such as `SignatureDoesNotMatch`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::MalformedTarget { .. } | Self::MalformedHeader { .. } | Self::DuplicateHeader { .. } => {
                "InvalidRequest"
            }
            Self::MalformedParameters { .. } | Self::DuplicateParameter { .. } => "InvalidParameter",
            Self::UnsupportedScheme { .. } | Self::SchemeRefused { .. } => "UnsupportedSignatureMethod",
            Self::Missing { code, .. } => code,
            Self::IncompleteSignature { .. }
            | Self::UnsignedHeader { .. }
            | Self::AbsentSignedHeader { .. }
            | Self::UncoveredBody { .. }
            | Self::AmbiguousRoaQuery { .. } => "IncompleteSignature",
            Self::TimestampFormat { .. } => "InvalidTimeStamp.Format",
            Self::TimestampExpired { .. } => "InvalidTimeStamp.Expired",
            Self::ContentMd5 => "ContentMD5NotMatched",
            Self::BodyHash { .. } | Self::Mismatch(_) => "SignatureDoesNotMatch",
            Self::NotSigned => "MissingAccessKeyId",
            Self::AccessKeyNotFound => "InvalidAccessKeyId.NotFound",
            Self::AccessKeyInactive => "InvalidAccessKeyId.Inactive",
            Self::Token(TokenProblem::Expired) => "InvalidSecurityToken.Expired",
            Self::Token(TokenProblem::Malformed) => "InvalidSecurityToken.Malformed",
            Self::Token(TokenProblem::MismatchWithAccessKey) => "InvalidSecurityToken.MismatchWithAccessKey",
            Self::NonceUsed => "SignatureNonceUsed",
            Self::ReplayGuardFull(FullScope::AccessKey) => "Throttling.User",
            Self::ReplayGuardFull(FullScope::Guard) => "Throttling",
        }
    }

    /// The HTTP status of the answer: 404 for an unknown key, 429 for throttling, 400 otherwise.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        match self {
            Self::AccessKeyNotFound => 404,
            Self::ReplayGuardFull(_) => 429,
            _ => 400,
        }
    }

    /// The message of the answer, in the words that SDKs and their users know where such words exist.
    ///
    /// For version 1 signatures the text up to the first colon is fixed: the older Python SDK splits there, and fails
    /// when there is none.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::MalformedTarget { reason } => format!("The request target is malformed: {reason}."),
            Self::MalformedHeader { name, reason } => format!("The header {name} is malformed: {reason}."),
            Self::DuplicateHeader { name } => format!("The header {name} must not be given more than once."),
            Self::MalformedParameters { place, reason } => format!("The {place} parameters are malformed: {reason}."),
            Self::DuplicateParameter { name, place } => {
                format!("The parameter {name} must not be given more than once in the {place}.")
            }
            Self::UnsupportedScheme { scheme } => format!(
                "The signature scheme {scheme} is not supported. Use ACS3-HMAC-SHA256, or signature version 1.0 with HMAC-SHA1."
            ),
            Self::SchemeRefused { scheme } => {
                format!("The signature scheme {scheme} is switched off on this server. Use ACS3-HMAC-SHA256.")
            }
            Self::Missing { name, .. } => format!("{name} is mandatory for this action."),
            Self::IncompleteSignature { reason } => format!("The signature is incomplete: {reason}."),
            Self::UnsignedHeader { name } => format!(
                "The signature is incomplete: the header {name} is part of the request but not of SignedHeaders."
            ),
            Self::AbsentSignedHeader { name } => format!(
                "The signature is incomplete: the header {name} is part of SignedHeaders but not of the request."
            ),
            Self::UncoveredBody { reason } => format!("The signature does not cover the request body: {reason}."),
            Self::AmbiguousRoaQuery { name } => format!(
                "The query parameter {name} contains characters that this signature version cannot cover unambiguously. Use ACS3-HMAC-SHA256."
            ),
            Self::TimestampFormat { name, expected } => {
                format!("Specified time stamp or date value is not well formatted. {name} has to look like {expected}.")
            }
            Self::TimestampExpired { presented, now, window } => format!(
                "Specified time stamp or date value is expired. The request says {presented}, the server's clock says {now}; accepted are {} seconds back and {} ahead.",
                window.past_secs, window.future_secs
            ),
            Self::ContentMd5 => "Specified content md5 is not matched with your request body.".to_owned(),
            Self::BodyHash { computed } => format!(
                "Specified signature does not match our calculation. x-acs-content-sha256 differs from the hash of the body: server calculated [{computed}]"
            ),
            Self::Mismatch(mismatch) => match mismatch.scheme {
                SchemeKind::V3 => format!(
                    "Specified signature does not match our calculation. server StringToSign is [{}]",
                    mismatch.string_to_sign
                ),
                _ => format!(
                    "Specified signature is not matched with our calculation. server string to sign is:{}",
                    mismatch.string_to_sign
                ),
            },
            Self::NotSigned => "AccessKeyId is mandatory for this action.".to_owned(),
            Self::AccessKeyNotFound => "Specified access key is not found.".to_owned(),
            Self::AccessKeyInactive => "Specified access key is disabled.".to_owned(),
            Self::Token(TokenProblem::Expired) => "Specified SecurityToken is expired.".to_owned(),
            Self::Token(TokenProblem::Malformed) => "Specified SecurityToken is malformed.".to_owned(),
            Self::Token(TokenProblem::MismatchWithAccessKey) => {
                "Specified SecurityToken mismatch with the AccessKey.".to_owned()
            }
            Self::NonceUsed => "Specified signature nonce was used already.".to_owned(),
            Self::ReplayGuardFull(FullScope::AccessKey) => "Request was denied due to user flow control.".to_owned(),
            Self::ReplayGuardFull(FullScope::Guard) => "Request was denied due to request throttling.".to_owned(),
        }
    }

    /// What belongs into the log beside `Display`: the server's canonical form of a signature that does not match.
    #[must_use]
    pub fn log_detail(&self) -> Option<&str> {
        match self {
            Self::Mismatch(mismatch) => Some(mismatch.log_detail()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_log_gets_masks_the_token_in_every_spelling() {
        let token = "fake-sts-token/+==";
        let text = format!("a {token} b {} c", spellings(token).join(" "));
        let mismatch = Mismatch::new(SchemeKind::RpcV1, text.as_bytes(), text.as_bytes(), Some(token));
        assert_eq!(mismatch.log_detail(), "a [redacted] b [redacted] [redacted] [redacted] c");
        let error = SignatureError::Mismatch(Box::new(mismatch));
        assert!(!format!("{error} {error:?}").contains("fake-sts"));
        assert!(error.message().contains(token), "the caller sent it and needs the exact text");
    }

    #[test]
    fn an_oversized_string_to_sign_is_cut_in_the_answer() {
        let long = vec![b'a'; MAX_SHOWN + 1];
        let mismatch = Mismatch::new(SchemeKind::RoaV1, &long, &long, None);
        assert!(mismatch.string_to_sign().ends_with(&format!("… ({} bytes in all)", MAX_SHOWN + 1)));
        assert!(mismatch.string_to_sign().len() < MAX_SHOWN + 64);
        let exact = vec![b'a'; MAX_SHOWN];
        assert_eq!(Mismatch::new(SchemeKind::RoaV1, &exact, &exact, None).string_to_sign().len(), MAX_SHOWN);
    }
}

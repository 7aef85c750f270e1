//! SAML 2.0: the metadata of an identity provider, and the responses that it signs.
//!
//! ```text
//! Base64 ─▶ XML, plain and small ─▶ shape: one assertion, signatures where they belong ─▶ signatures ─▶ what it says
//! ```
//!
//! Signature and content are read from one and the same parsed document, and only from the element that a signature
//! covers: what is read is what was signed. The structure is judged before any signature, so that a document which is more
//! than a plain response never gets as far as cryptography.

mod assertion;
mod metadata;
mod signature;
#[cfg(test)]
mod tests;
mod xml;

pub(crate) use assertion::{Assertion, Wanted};
pub(crate) use metadata::Metadata;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// `urn:oasis:names:tc:SAML:2.0:assertion`
const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// `urn:oasis:names:tc:SAML:2.0:protocol`
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// `urn:oasis:names:tc:SAML:2.0:metadata`
const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// `http://www.w3.org/2000/09/xmldsig#`
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// Why a response is not accepted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ResponseError {
    #[error("it is not Base64 of text")]
    Encoding,
    #[error("it is not plain XML: {0}")]
    Xml(String),
    #[error("it is not a response with one assertion: {0}")]
    Shape(&'static str),
    #[error("its signature is not one that is accepted: {0}")]
    SignatureForm(&'static str),
    #[error("its signature does not hold: {0}")]
    Signature(String),
    #[error("{0}")]
    Content(#[from] ContentError),
}

/// Why what a signed assertion says is not accepted. Its bearer may know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ContentError {
    #[error("`{0}` is missing, repeated or ill-formed")]
    Missing(&'static str),
    #[error("the identity provider reports a failure")]
    Status,
    #[error("it is of another issuer than the provider's")]
    Issuer,
    #[error("it is for another audience")]
    Audience,
    #[error("it is for another recipient")]
    Recipient,
    #[error("it does not name the role together with the provider")]
    Role,
    #[error("it is expired")]
    Expired,
    #[error("it is not good yet")]
    NotYet,
}

/// Verifies a response, Base64, and reads its assertion.
///
/// # Errors
/// The first check that fails.
pub(crate) fn verify(encoded: &str, metadata: &Metadata, wanted: &Wanted<'_>) -> Result<Assertion, ResponseError> {
    let text = decode(encoded).ok_or(ResponseError::Encoding)?;
    let document = xml::parse(&text).map_err(ResponseError::Xml)?;
    let (response, assertion) = assertion::locate(&document)?;
    signature::verify(&document, response, assertion, metadata)?;
    Ok(assertion::read(&document, response, assertion, metadata, wanted)?)
}

/// Base64 as clients send it: with line breaks or without.
fn decode(encoded: &str) -> Option<String> {
    let plain: String = encoded.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    String::from_utf8(STANDARD.decode(plain).ok()?).ok()
}

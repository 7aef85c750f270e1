//! ROA signature version 1 (`Authorization: acs <access key>:<HMAC-SHA1>`).
//!
//! ```text
//! METHOD \n Accept \n Content-MD5 \n Content-Type \n Date \n (x-acs-name:value \n)* path[?name=value&…]
//! ```
//!
//! Query values are signed decoded, and some clients sign the path decoded too, so one string to sign can fit several
//! requests. Those that could be confused are refused. The body is covered by `Content-MD5` or not at all; see
//! [`crate::RoaV1Rule`].

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    encoding::{Plus, decode_text},
    error::{Mismatch, SignatureError, shortened},
    identify::SchemeKind,
    mac,
    parameters::{Pairs, QUERY, decode_pairs},
    request::{WireRequest, is_acs},
    secret::{SecretKey, SecurityToken},
    v3,
};

/// How a parameter with an empty value is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Empty {
    /// `name=`: older Python, Node.
    WithEquals,
    /// `name`: newer Python, Go, Java.
    Bare,
}

/// A signature that holds.
pub(crate) struct Matched {
    /// Its one canonical spelling, which serves as a nonce when the client sent none.
    pub(crate) signature: String,
    /// Whether a content type is part of what was signed: then the client may have sent a body.
    pub(crate) content_type_signed: bool,
}

/// Checks the signature against every spelling that a client may have signed. All of them mean the request that arrived.
pub(crate) fn verify(
    request: &WireRequest<'_>,
    signature: &str,
    token: Option<&SecurityToken>,
    secret: &SecretKey,
) -> Result<Matched, SignatureError> {
    let pairs = sorted_pairs(request)?;
    let presented = mac::base64_decode(signature).unwrap_or_default();
    let paths = paths(request.path());
    let queries = queries(&pairs);
    let content_type = request.single("content-type")?.unwrap_or_default();
    // The asynchronous Python client adds a content type to an empty body after signing.
    let unsigned_type = (request.body.is_empty() && !content_type.is_empty()).then_some(&b""[..]);
    let mut shown = None;
    for content_type in std::iter::once(content_type).chain(unsigned_type) {
        let head = head(request, content_type)?;
        for (path, query) in paths.iter().flat_map(|path| queries.iter().map(move |query| (path, query))) {
            let text = [&head, path.as_ref(), query].concat();
            let tag = mac::hmac_sha1(secret, b"", &text);
            if mac::same(&tag, &presented) {
                let content_type_signed = !content_type.is_empty();
                return Ok(Matched { signature: mac::base64(tag.as_ref()), content_type_signed });
            }
            shown.get_or_insert(text);
        }
    }
    let shown = shown.unwrap_or_default();
    Err(SignatureError::Mismatch(Box::new(Mismatch::new(
        SchemeKind::RoaV1,
        &shown,
        &shown,
        token.map(SecurityToken::expose),
    ))))
}

/// Everything before the path.
fn head(request: &WireRequest<'_>, content_type: &[u8]) -> Result<Vec<u8>, SignatureError> {
    let mut out = Vec::with_capacity(512);
    let accept = request.single("accept")?.unwrap_or_default();
    let content_md5 = request.single("content-md5")?.unwrap_or_default();
    let date = request.single("date")?.unwrap_or_default();
    for line in [request.method.as_bytes(), accept, content_md5, content_type, date] {
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    let acs: BTreeMap<String, &[u8]> = request
        .headers
        .iter()
        .filter(|(name, _)| is_acs(name))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim_ascii()))
        .collect();
    for (name, value) in acs {
        out.extend_from_slice(name.as_bytes());
        out.push(b':');
        out.extend_from_slice(value);
        out.push(b'\n');
    }
    Ok(out)
}

/// Query parameters by name, provided that `name=value&…` written decoded reads back as the same parameters: a name with
/// `=` or `&`, or a value with `&`, would let anybody on the way split or join parameters under a valid signature.
fn sorted_pairs<'a>(request: &WireRequest<'a>) -> Result<Pairs<'a>, SignatureError> {
    let mut pairs = decode_pairs(request.query().as_bytes(), QUERY)?;
    for (name, value) in &pairs {
        if name.contains(['=', '&']) || value.contains('&') {
            return Err(SignatureError::AmbiguousRoaQuery { name: shortened(name) });
        }
    }
    pairs.sort_by(|(a, _), (b, _)| a.as_bytes().cmp(b.as_bytes()));
    Ok(pairs)
}

/// The query with its question mark, in the spellings that differ for these parameters.
fn queries(pairs: &Pairs<'_>) -> Vec<Vec<u8>> {
    if pairs.is_empty() {
        // The older Go SDK always writes the question mark.
        return vec![Vec::new(), b"?".to_vec()];
    }
    let mut queries = vec![query(pairs, Empty::WithEquals)];
    if pairs.iter().any(|(_, value)| value.is_empty()) {
        queries.push(query(pairs, Empty::Bare));
    }
    queries
}

fn query(pairs: &Pairs<'_>, empty: Empty) -> Vec<u8> {
    let mut out = Vec::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        out.push(if index == 0 { b'?' } else { b'&' });
        out.extend_from_slice(name.as_bytes());
        if !value.is_empty() || empty == Empty::WithEquals {
            out.push(b'=');
            out.extend_from_slice(value.as_bytes());
        }
    }
    out
}

/// The spellings of the path that a client may have signed, likeliest first: as sent, as V3 clients do, and decoded (the
/// older Python core).
///
/// The decoded one is tried only where it reads back as the same path: a decoded `/`, `?` or `%` would make `/a%2Fb`,
/// `/a%3Fb` and `/a%2562` share their signature with `/a/b`, `/a?b` and `/a%62`.
fn paths(path: &str) -> Vec<Cow<'_, [u8]>> {
    let separators = |text: &str| text.bytes().filter(|byte| *byte == b'/').count();
    let decoded = decode_text(path.as_bytes(), Plus::Literal)
        .ok()
        .filter(|decoded| !decoded.contains(['%', '?']) && separators(decoded) == separators(path))
        .map(|decoded| Cow::Owned(decoded.into_owned().into_bytes()));
    let mut candidates = vec![Cow::Borrowed(path.as_bytes())];
    for candidate in v3::paths(path).into_iter().chain(decoded) {
        if !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    }
    candidates
}

/// Signs a request whose headers are final except for `Authorization`: the first spelling that [`verify`] tries.
pub(crate) fn sign(request: &WireRequest<'_>, secret: &SecretKey) -> Result<String, SignatureError> {
    let pairs = sorted_pairs(request)?;
    let mut text = head(request, request.single("content-type")?.unwrap_or_default())?;
    text.extend_from_slice(request.path().as_bytes());
    if !pairs.is_empty() {
        text.extend_from_slice(&query(&pairs, Empty::WithEquals));
    }
    Ok(mac::base64(mac::hmac_sha1(secret, b"", &text).as_ref()))
}

//! ACS3-HMAC-SHA256: the canonical request and its check.
//!
//! ```text
//! METHOD \n path \n query \n (name:value\n)* \n signed-headers \n body-hash      → SHA-256 → HMAC-SHA256
//! ```
//!
//! SDKs disagree with their own HTTP libraries about the spelling of paths and of parameter names, so up to three paths
//! and two queries are tried. Each of them decodes to exactly the request that arrived; a spelling that could also belong
//! to another request is not tried.

use std::{borrow::Cow, collections::BTreeSet};

use ring::{digest, hmac};

use crate::{
    encoding::{Plus, hex_decode, hex_lower, needs_no_encoding, percent_decode, push_encoded, push_encoded_except},
    error::{Mismatch, SignatureError},
    identify::{Algorithm, SchemeKind},
    mac,
    parameters::{Pairs, QUERY, decode_pairs},
    request::{WireRequest, is_acs},
    secret::{SecretKey, SecurityToken},
};

/// Everything of the canonical request that does not vary with the client.
pub(crate) struct Parts<'a> {
    method: &'a str,
    header_block: Vec<u8>,
    signed_headers: &'a str,
    body_hash: String,
}

impl<'a> Parts<'a> {
    /// Collects the parts after checking that the signed headers cover what they have to.
    pub(crate) fn new(request: &WireRequest<'a>, signed_headers: &'a str) -> Result<Self, SignatureError> {
        // The block is sorted and free of duplicates even when the client's list is not; the list itself is signed verbatim.
        let names: BTreeSet<String> = signed_headers.split(';').map(str::to_ascii_lowercase).collect();
        require_coverage(request, &names)?;
        Ok(Self {
            method: request.method,
            header_block: header_block(request, &names)?,
            signed_headers,
            body_hash: mac::sha256_hex(request.body),
        })
    }

    fn each_piece(&self, path: &[u8], query: &[u8], mut take: impl FnMut(&[u8])) {
        for piece in [self.method.as_bytes(), path, query, &self.header_block, self.signed_headers.as_bytes()] {
            take(piece);
            take(b"\n");
        }
        take(self.body_hash.as_bytes());
    }

    /// `ACS3-HMAC-SHA256 \n hash of the canonical request`.
    pub(crate) fn string_to_sign(&self, path: &[u8], query: &[u8]) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        self.each_piece(path, query, |piece| context.update(piece));
        format!("{}\n{}", Algorithm::HmacSha256.name(), hex_lower(context.finish().as_ref()))
    }

    fn canonical_request(&self, path: &[u8], query: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        self.each_piece(path, query, |piece| out.extend_from_slice(piece));
        out
    }
}

/// Checks body hash, header coverage and signature.
pub(crate) fn verify(
    request: &WireRequest<'_>,
    signed_headers: &str,
    signature: &str,
    token: Option<&SecurityToken>,
    secret: &SecretKey,
) -> Result<(), SignatureError> {
    let parts = Parts::new(request, signed_headers)?;
    if request.text("x-acs-content-sha256")? != Some(parts.body_hash.as_str()) {
        return Err(SignatureError::BodyHash { computed: parts.body_hash });
    }
    let pairs = sorted_pairs(request)?;
    let strict_query = canonical_query(&pairs, Names::Encoded);
    let raw_query = raw_names_are_unambiguous(&pairs).then(|| canonical_query(&pairs, Names::Raw));
    let paths = paths(request.path());

    // A signature that is no hexadecimal number matches nothing; the answer is the same as for a wrong one.
    let presented = hex_decode::<{ digest::SHA256_OUTPUT_LEN }>(signature);
    for query in std::iter::once(&strict_query).chain(&raw_query) {
        for path in &paths {
            let tag: hmac::Tag = mac::hmac_sha256(secret, parts.string_to_sign(path, query).as_bytes());
            if presented.is_some_and(|presented| mac::same(&tag, &presented)) {
                return Ok(());
            }
        }
    }
    let first = paths.first().map_or(&b"/"[..], |path| path.as_ref());
    Err(SignatureError::Mismatch(Box::new(Mismatch::new(
        SchemeKind::V3,
        parts.string_to_sign(first, &strict_query).as_bytes(),
        &parts.canonical_request(first, &strict_query),
        token.map(SecurityToken::expose),
    ))))
}

/// `host`, every `x-acs-*` header, and the content type of a body have to be signed: they decide what the request means.
/// The content type of an empty body is left alone, because the asynchronous Python client adds one after signing.
fn require_coverage(request: &WireRequest<'_>, names: &BTreeSet<String>) -> Result<(), SignatureError> {
    let unsigned = |name: &str| Err(SignatureError::UnsignedHeader { name: name.to_owned() });
    if !names.contains("host") {
        return unsigned("host");
    }
    for (name, _) in request.headers {
        let decides = is_acs(name) || (!request.body.is_empty() && name.eq_ignore_ascii_case("content-type"));
        let name = name.to_ascii_lowercase();
        if decides && !names.contains(&name) {
            return unsigned(&name);
        }
    }
    // Headers that are read as one value must not be joined from several.
    for name in ["host", "content-type"] {
        request.single(name)?;
    }
    Ok(())
}

fn header_block(request: &WireRequest<'_>, names: &BTreeSet<String>) -> Result<Vec<u8>, SignatureError> {
    let mut block = Vec::with_capacity(1024);
    for name in names {
        let mut values: Vec<&[u8]> = request.values(name).map(<[u8]>::trim_ascii).collect();
        if values.is_empty() {
            return Err(SignatureError::AbsentSignedHeader { name: name.clone() });
        }
        values.sort_unstable();
        block.extend_from_slice(name.as_bytes());
        block.push(b':');
        block.extend_from_slice(&values.join(&b","[..]));
        block.push(b'\n');
    }
    Ok(block)
}

/// Query parameters by the bytes of their decoded names; repeated names keep their order, which is thereby signed too.
fn sorted_pairs<'a>(request: &WireRequest<'a>) -> Result<Pairs<'a>, SignatureError> {
    let mut pairs = decode_pairs(request.query().as_bytes(), QUERY)?;
    pairs.sort_by(|(a, _), (b, _)| a.as_bytes().cmp(b.as_bytes()));
    Ok(pairs)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// As the Java SDKs write them.
    Encoded,
    /// As the Python, Node and Go SDKs write them.
    Raw,
}

fn canonical_query(pairs: &Pairs<'_>, names: Names) -> Vec<u8> {
    let mut out = Vec::new();
    for (index, (name, value)) in pairs.iter().enumerate() {
        if index > 0 {
            out.push(b'&');
        }
        match names {
            Names::Encoded => push_encoded(&mut out, name.as_bytes()),
            Names::Raw => out.extend_from_slice(name.as_bytes()),
        }
        out.push(b'=');
        push_encoded(&mut out, value.as_bytes());
    }
    out
}

/// True when names written raw differ from encoded ones and still read back as the same parameters.
///
/// `a=1&b` written raw as a name looks like two parameters, `a%20b` like the encoded `a b`, and a line break like the next
/// line of the canonical request.
fn raw_names_are_unambiguous(pairs: &Pairs<'_>) -> bool {
    let plain = pairs.iter().all(|(name, _)| needs_no_encoding(name.as_bytes()));
    let forged = |name: &str| name.chars().any(|c| matches!(c, '%' | '&' | '=') || c.is_control());
    !plain && !pairs.iter().any(|(name, _)| forged(name))
}

/// The spellings of the path that a client may have signed, likeliest first.
///
/// 1. as on the wire with `*` escaped and `~` not: Python, Node, Go and Java;
/// 2. each segment decoded and strictly encoded: the asynchronous Python client, whose HTTP library takes back some
///    escapes after signing;
/// 3. the same leaving `! ' ( )`: Node, whose URL class escapes the quote after signing.
///
/// A `+` stays a plus sign in all of them, as it does in [`crate::decode_path_segment`].
pub(crate) fn paths(path: &str) -> Vec<Cow<'_, [u8]>> {
    let mut candidates = vec![as_sent(path)];
    for keep in [&b""[..], b"!'()"] {
        let candidate: Cow<'_, [u8]> = Cow::Owned(reencoded(path, keep));
        if !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    }
    candidates
}

fn as_sent(path: &str) -> Cow<'_, [u8]> {
    if path.contains('*') || path.contains("%7E") {
        Cow::Owned(path.replace('*', "%2A").replace("%7E", "~").into_bytes())
    } else {
        Cow::Borrowed(path.as_bytes())
    }
}

fn reencoded(path: &str, keep: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    for (index, segment) in path.split('/').enumerate() {
        if index > 0 {
            out.push(b'/');
        }
        // Malformed escapes were refused before; a segment that cannot be decoded simply stays as it is.
        let decoded = percent_decode(segment.as_bytes(), Plus::Literal).unwrap_or(Cow::Borrowed(segment.as_bytes()));
        push_encoded_except(&mut out, &decoded, |byte| keep.contains(&byte));
    }
    out
}

/// Signs a request whose headers are final except for `Authorization`: the first spelling that [`verify`] tries.
pub(crate) fn sign(
    request: &WireRequest<'_>,
    signed_headers: &str,
    secret: &SecretKey,
) -> Result<String, SignatureError> {
    let parts = Parts::new(request, signed_headers)?;
    let query = canonical_query(&sorted_pairs(request)?, Names::Encoded);
    let string_to_sign = parts.string_to_sign(&as_sent(request.path()), &query);
    Ok(hex_lower(mac::hmac_sha256(secret, string_to_sign.as_bytes()).as_ref()))
}

//! RPC signature version 1.0 (HMAC-SHA1 over the parameters).
//!
//! ```text
//! METHOD & %2F & enc( enc(k1)=enc(v1)&enc(k2)=enc(v2)… )      all parameters but Signature, sorted by name
//! ```
//!
//! Covers method and parameters, nothing else: [`crate::identify`] refuses other paths and bodies that are not forms.

use crate::{
    encoding::{push_encoded, push_encoded_except},
    error::{Mismatch, SignatureError},
    identify::SchemeKind,
    mac,
    parameters::Parameters,
    secret::{SecretKey, SecurityToken},
};

/// How a client writes what it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// Parameters with empty values are signed as `name=`. The newer Java SDK leaves them out.
    pub(crate) keep_empty: bool,
    /// A space is `%20`. The credential provider of the Python SDK writes `+`.
    pub(crate) space_escaped: bool,
}

/// What most clients do; also what answers show.
const USUAL: Spelling = Spelling { keep_empty: true, space_escaped: true };

/// The string to sign of decoded parameters.
pub(crate) fn string_to_sign(method: &str, parameters: &Parameters, spelling: Spelling) -> Vec<u8> {
    let mut canonical = Vec::with_capacity(512);
    let signed =
        parameters.iter().filter(|(name, value)| *name != "Signature" && (spelling.keep_empty || !value.is_empty()));
    for (name, value) in signed {
        if !canonical.is_empty() {
            canonical.push(b'&');
        }
        push_spelled(&mut canonical, name, spelling);
        canonical.push(b'=');
        push_spelled(&mut canonical, value, spelling);
    }
    let mut out = Vec::with_capacity(canonical.len().saturating_mul(2));
    out.extend_from_slice(method.as_bytes());
    out.extend_from_slice(b"&%2F&");
    push_encoded(&mut out, &canonical);
    out
}

/// A literal plus is always escaped, so a plus that stands for a space cannot be mistaken for one.
fn push_spelled(out: &mut Vec<u8>, text: &str, spelling: Spelling) {
    if spelling.space_escaped {
        return push_encoded(out, text.as_bytes());
    }
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(b'+');
        }
        push_encoded_except(out, word.as_bytes(), |_| false);
    }
}

/// Checks the signature. The answer says whether parameters with empty values are covered by it.
pub(crate) fn verify(
    method: &str,
    parameters: &Parameters,
    signature: &str,
    token: Option<&SecurityToken>,
    secret: &SecretKey,
) -> Result<EmptyValues, SignatureError> {
    // Text that is not base64 matches nothing; the answer is the same as for a wrong signature.
    let presented = mac::base64_decode(signature).unwrap_or_default();
    let matches = |spelling| {
        let tag = mac::hmac_sha1(secret, b"&", &string_to_sign(method, parameters, spelling));
        mac::same(&tag, &presented)
    };
    let has_empty = parameters.iter().any(|(_, value)| value.is_empty());
    let has_space = parameters.iter().any(|(name, value)| name.contains(' ') || value.contains(' '));
    for keep_empty in [true, false] {
        for space_escaped in [true, false] {
            if (!keep_empty && !has_empty) || (!space_escaped && !has_space) {
                continue;
            }
            if matches(Spelling { keep_empty, space_escaped }) {
                return Ok(if keep_empty { EmptyValues::Signed } else { EmptyValues::NotSigned });
            }
        }
    }
    let usual = string_to_sign(method, parameters, USUAL);
    Err(SignatureError::Mismatch(Box::new(Mismatch::new(
        SchemeKind::RpcV1,
        &usual,
        &usual,
        token.map(SecurityToken::expose),
    ))))
}

/// Whether the signature that matched covers parameters with empty values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmptyValues {
    /// They are covered, or there are none.
    Signed,
    /// The client signed without them; anybody on the way could have added or removed some.
    NotSigned,
}

/// Signs decoded parameters the usual way.
pub(crate) fn sign(method: &str, parameters: &Parameters, secret: &SecretKey) -> String {
    mac::base64(mac::hmac_sha1(secret, b"&", &string_to_sign(method, parameters, USUAL)).as_ref())
}

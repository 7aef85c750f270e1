//! The hash and MAC primitives of the schemes, in the textual forms they travel in.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use ring::{digest, hmac};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{encoding::hex_lower, secret::SecretKey};

/// Lower-case hexadecimal SHA-256.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex_lower(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// HMAC-SHA256 keyed with the secret itself (V3 derives no key).
pub(crate) fn hmac_sha256(secret: &SecretKey, text: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes()), text)
}

/// HMAC-SHA1 keyed with the secret and a suffix (`&` for RPC, nothing for ROA).
pub(crate) fn hmac_sha1(secret: &SecretKey, suffix: &[u8], text: &[u8]) -> hmac::Tag {
    let mut key = Zeroizing::new(Vec::with_capacity(secret.expose().len().saturating_add(suffix.len())));
    key.extend_from_slice(secret.expose().as_bytes());
    key.extend_from_slice(suffix);
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key), text)
}

/// Standard base64 with padding.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads standard base64 with padding; trailing bits that are not zero are refused, so each value has one spelling.
pub(crate) fn base64_decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// `Content-MD5` of a body: base64 of its MD5.
pub(crate) fn content_md5(body: &[u8]) -> String {
    base64(&Md5::digest(body))
}

/// Compares in a time that does not depend on where the two differ.
pub(crate) fn same(computed: &hmac::Tag, presented: &[u8]) -> bool {
    computed.as_ref().ct_eq(presented).into()
}

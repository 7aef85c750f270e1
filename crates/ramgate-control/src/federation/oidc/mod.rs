//! OIDC tokens: signed by a key that the issuer publishes, for a client of the provider, in time.

mod claims;
mod keys;

pub(crate) use claims::Claims;
pub(crate) use keys::Issuers;

use super::fetch::{FetchError, Place};
use crate::node::Node;
use claims::ClaimError;
use ipnet::IpNet;
use jsonwebtoken::errors::Error as JwtError;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use ramgate_model::{AccountId, OidcProvider, Timestamp};

/// Fewest bytes of an RSA modulus: 2,048 bits.
const MIN_RSA: usize = 256;

/// Why a token is not accepted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    #[error("the token is not a signed JSON web token")]
    Malformed(#[source] JwtError),
    #[error("the token demands extensions that are not known here")]
    Critical,
    #[error("the keys of the issuer cannot be had")]
    Keys(#[from] keys::KeysError),
    #[error("the issuer has no key for the token")]
    UnknownKey,
    #[error("the algorithm of the token does not go with the key")]
    Algorithm,
    #[error("the signature of the token does not hold")]
    Signature(#[source] JwtError),
    #[error(transparent)]
    Claims(#[from] ClaimError),
}

/// Whether an issuer may be fetched from at all.
///
/// # Errors
/// Why not.
pub(crate) fn check_issuer(url: &str, networks: &[IpNet]) -> Result<(), FetchError> {
    Place::read(url, networks).map(drop)
}

/// Verifies a token of the provider.
///
/// # Errors
/// The first check that fails: form, key, algorithm, signature, then what it says.
pub(crate) async fn verify(
    node: &Node,
    account_id: &AccountId,
    provider: &OidcProvider,
    token: &str,
    now: Timestamp,
) -> Result<Claims, TokenError> {
    let header = decode_header(token).map_err(TokenError::Malformed)?;
    if header.crit.is_some() {
        return Err(TokenError::Critical);
    }
    let jwk = node.issuers.key(node, account_id, provider, header.kid.as_deref()).await?;
    let jwk = jwk.ok_or(TokenError::UnknownKey)?;
    // The key says which algorithms go with it; the token only chooses among them.
    if !algorithms(&jwk).contains(&header.alg) {
        return Err(TokenError::Algorithm);
    }
    let key = DecodingKey::from_jwk(&jwk).map_err(|_| TokenError::UnknownKey)?;
    let mut validation = Validation::new(header.alg);
    // What the token says is checked below, by this server's clock.
    validation.required_spec_claims.clear();
    (validation.validate_exp, validation.validate_nbf, validation.validate_aud) = (false, false, false);
    let decoded = decode::<serde_json::Value>(token, &key, &validation).map_err(TokenError::Signature)?;
    Ok(claims::check(decoded.claims, provider, now)?)
}

/// The algorithms that go with a public key: never those of shared secrets.
fn algorithms(jwk: &Jwk) -> Vec<Algorithm> {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    if !matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
        return Vec::new();
    }
    let by_type: &[Algorithm] = match &jwk.algorithm {
        AlgorithmParameters::RSA(rsa) if modulus_bytes(&rsa.n) >= MIN_RSA => {
            &[RS256, RS384, RS512, PS256, PS384, PS512]
        }
        AlgorithmParameters::EllipticCurve(ec) if ec.curve == EllipticCurve::P256 => &[ES256],
        AlgorithmParameters::EllipticCurve(ec) if ec.curve == EllipticCurve::P384 => &[ES384],
        AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => &[EdDSA],
        _ => &[],
    };
    // A key that names its algorithm goes with that one alone.
    let named = jwk.common.key_algorithm.map(|algorithm| algorithm.to_string());
    let fits = |algorithm: &Algorithm| named.as_ref().is_none_or(|named| *named == format!("{algorithm:?}"));
    by_type.iter().copied().filter(fits).collect()
}

/// Bytes of a number in URL-safe Base64, leading zeros left out.
fn modulus_bytes(text: &str) -> usize {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    bytes.len() - bytes.iter().take_while(|byte| **byte == 0).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(jwk: serde_json::Value) -> Vec<Algorithm> {
        algorithms(&serde_json::from_value(jwk).unwrap())
    }

    #[test]
    fn the_key_alone_says_which_algorithms_go_with_it() {
        let (long, short) = ("_".repeat(341) + "w", "_".repeat(170) + "w");
        let rsa = |n: &str| json!({ "kty": "RSA", "n": n, "e": "AQAB" });
        assert_eq!(of(rsa(&long)).len(), 6);
        assert_eq!(of(rsa(&short)), []);
        let mut named = rsa(&long);
        named["alg"] = "RS256".into();
        assert_eq!(of(named.clone()), [Algorithm::RS256]);
        named["use"] = "enc".into();
        assert_eq!(of(named), []);
        assert_eq!(of(json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA" })), [Algorithm::ES256]);
        // A shared secret in a published set is no key at all.
        assert_eq!(of(json!({ "kty": "oct", "k": "AA" })), []);
    }
}

//! What a token says, and whether it is for this provider and in time.

use ramgate_model::{OidcProvider, Timestamp};
use serde_json::Value;

/// How far the issuer's clock may be ahead, in seconds.
const AHEAD: i64 = 60;

/// What a token says that roles can ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    /// `iss`
    pub(crate) issuer: String,
    /// `sub`
    pub(crate) subject: String,
    /// `aud`
    pub(crate) audience: Vec<String>,
    /// `exp`, in seconds since the Unix epoch.
    pub(crate) expires_at: i64,
    /// `iat`, in seconds since the Unix epoch.
    pub(crate) issued_at: i64,
}

/// Why what a token says is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ClaimError {
    #[error("the claim `{0}` is missing or has the wrong form")]
    Malformed(&'static str),
    #[error("the token is of another issuer than the provider's")]
    Issuer,
    #[error("the token is for no client id of the provider")]
    Audience,
    #[error("the token is expired")]
    Expired,
    #[error("the token is not good yet")]
    NotYet,
    #[error("the token was issued longer ago than the provider allows")]
    TooOld,
}

impl ClaimError {
    pub(crate) fn is_expired(&self) -> bool {
        *self == Self::Expired
    }
}

/// Checks what a token says, whose signature holds.
pub(super) fn check(claims: Value, provider: &OidcProvider, now: Timestamp) -> Result<Claims, ClaimError> {
    let text = |name: &'static str| {
        let text = claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        text.map(str::to_owned).ok_or(ClaimError::Malformed(name))
    };
    // Absent means good at once; there and ill-formed means nothing at all.
    let not_before = match claims.get("nbf") {
        None => None,
        some => Some(time(some).ok_or(ClaimError::Malformed("nbf"))?),
    };
    let claims = Claims {
        issuer: text("iss")?,
        subject: text("sub")?,
        audience: audience(claims.get("aud")).ok_or(ClaimError::Malformed("aud"))?,
        expires_at: time(claims.get("exp")).ok_or(ClaimError::Malformed("exp"))?,
        issued_at: time(claims.get("iat")).ok_or(ClaimError::Malformed("iat"))?,
    };
    let now = now.div_euclid(1000);
    if claims.issuer != provider.issuer_url {
        return Err(ClaimError::Issuer);
    }
    if !claims.audience.iter().any(|for_whom| provider.client_ids.contains(for_whom)) {
        return Err(ClaimError::Audience);
    }
    if now >= claims.expires_at {
        return Err(ClaimError::Expired);
    }
    if claims.issued_at > now + AHEAD || not_before.is_some_and(|from| from > now + AHEAD) {
        return Err(ClaimError::NotYet);
    }
    if now - claims.issued_at > i64::from(provider.issuance_limit_hours) * 3600 {
        return Err(ClaimError::TooOld);
    }
    Ok(claims)
}

/// One text or a list of them.
fn audience(value: Option<&Value>) -> Option<Vec<String>> {
    match value? {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(several) => several.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

/// Seconds since the Unix epoch; fractions are cut off.
fn time(value: Option<&Value>) -> Option<i64> {
    let number = value?.as_number()?;
    let whole = |seconds: f64| (seconds.is_finite() && (0.0..1e12).contains(&seconds)).then_some(seconds as i64);
    number
        .as_i64()
        .filter(|seconds| (0..1_000_000_000_000).contains(seconds))
        .or_else(|| number.as_f64().and_then(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_767_323_045;

    fn provider() -> OidcProvider {
        OidcProvider {
            uid: "1".into(),
            name: "idp".into(),
            issuer_url: "https://idp.example.com".into(),
            client_ids: vec!["app".into(), "other".into()],
            fingerprints: vec![],
            issuance_limit_hours: 1,
            description: String::new(),
            created_at: 0,
            updated_at: 0,
        }
    }

    fn check_with(name: &str, value: Value) -> Result<Claims, ClaimError> {
        let mut claims = json!({
            "iss": "https://idp.example.com", "sub": "alice", "aud": "app", "exp": NOW + 60, "iat": NOW - 60, "nbf": NOW,
        });
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            value => claims.as_object_mut().unwrap().insert(name.to_owned(), value),
        };
        check(claims, &provider(), NOW * 1000)
    }

    #[test]
    fn a_token_in_time_for_a_client_of_the_provider_is_accepted() {
        for (name, value) in [
            ("nbf", Value::Null),
            ("aud", json!(["x", "other"])),
            ("exp", json!(NOW + 1)),
            ("exp", json!(f64::from(2_000_000_000) + 0.5)),
            ("iat", json!(NOW + 60)),
            ("iat", json!(NOW - 3600)),
        ] {
            assert!(check_with(name, value.clone()).is_ok(), "{name} {value}");
        }
    }

    #[test]
    fn every_other_token_is_refused_for_what_is_wrong_with_it() {
        for (name, value, error) in [
            ("iss", Value::Null, ClaimError::Malformed("iss")),
            ("iss", json!("https://idp.example.com/"), ClaimError::Issuer),
            ("iss", json!(["https://idp.example.com"]), ClaimError::Malformed("iss")),
            ("sub", Value::Null, ClaimError::Malformed("sub")),
            ("sub", json!(""), ClaimError::Malformed("sub")),
            ("aud", Value::Null, ClaimError::Malformed("aud")),
            ("aud", json!("apps"), ClaimError::Audience),
            ("aud", json!([]), ClaimError::Audience),
            ("aud", json!(["app", 1]), ClaimError::Malformed("aud")),
            ("exp", Value::Null, ClaimError::Malformed("exp")),
            ("exp", json!("2000000000"), ClaimError::Malformed("exp")),
            ("exp", json!(1e300), ClaimError::Malformed("exp")),
            ("exp", json!(NOW), ClaimError::Expired),
            ("iat", Value::Null, ClaimError::Malformed("iat")),
            ("iat", json!(NOW + 61), ClaimError::NotYet),
            ("iat", json!(NOW - 3601), ClaimError::TooOld),
            ("nbf", json!(NOW + 61), ClaimError::NotYet),
            ("nbf", json!("x"), ClaimError::Malformed("nbf")),
        ] {
            assert_eq!(check_with(name, value.clone()), Err(error), "{name} {value}");
        }
    }
}

//! The check of a signed request against its secret: time, body, signature, in that order.
//!
//! The caller has found the access key in between [`crate::identify`] and [`verify`]. Replay is the next step and has
//! state: give [`Verified::replay_nonce`] to [`crate::ReplayGuard`] only after this check, so that nobody without the secret
//! can burn a nonce or fill the guard.

use crate::{
    error::SignatureError,
    identify::{Presented, Scheme, SchemeKind},
    limits::{Limits, RoaV1Rule, Window},
    mac,
    parameters::{self, Parameters},
    request::WireRequest,
    roa_v1,
    rpc_v1::{self, EmptyValues},
    secret::SecretKey,
    time::UnixTime,
    v3,
};

/// A request whose signature holds. Only [`verify`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// The access key that signed.
    pub access_key_id: String,
    /// The scheme that matched.
    pub scheme: SchemeKind,
    /// The request's own time.
    pub timestamp: UnixTime,
    /// What must not come twice from this access key: the client's nonce, or for clients that send none (the older Python
    /// SDK with ROA version 1) `signature:` and the signature itself.
    pub replay_nonce: String,
    /// Whether changing the body would have been noticed; false only for ROA version 1 with a body, or a signed content
    /// type, and no `Content-MD5`.
    pub body_covered: bool,
    empty_values: EmptyValues,
}

impl Verified {
    /// The parameters of an RPC operation that the signature covers, `Signature` included: query and form, the form's
    /// value where both have a name, without empty ones when the client signed without them.
    ///
    /// `request` has to be the one that was verified.
    ///
    /// # Errors
    /// As [`crate::rpc_parameters`]; and [`SignatureError::UncoveredBody`] when a form came with a signature that does not
    /// cover it.
    pub fn rpc_parameters(&self, request: &WireRequest<'_>) -> Result<Parameters, SignatureError> {
        if !self.body_covered {
            return Err(SignatureError::UncoveredBody { reason: "form parameters need a signed Content-MD5" });
        }
        let parameters = parameters::rpc_parameters(request)?;
        Ok(match self.empty_values {
            EmptyValues::Signed => parameters,
            EmptyValues::NotSigned => parameters.without_empty(),
        })
    }
}

/// Checks the form of the request's time and that it lies in the window of its scheme. Both ends are inclusive.
///
/// [`verify`] does this again; on its own it lets a caller keep the documented order: access key, time, security token,
/// signature. `None` for a scheme that is not signed.
///
/// # Errors
/// [`SignatureError::TimestampFormat`] and [`SignatureError::TimestampExpired`].
pub fn check_time(presented: &Presented, now: UnixTime, limits: &Limits) -> Result<Option<UnixTime>, SignatureError> {
    const ISO: &str = "2006-01-02T15:04:05Z";
    const HTTP: &str = "Mon, 02 Jan 2006 15:04:05 GMT";
    type Read = fn(&str) -> Option<UnixTime>;
    let (window, name, expected, read): (Window, _, _, Read) = match presented.scheme.kind() {
        SchemeKind::V3 => (limits.v3, "x-acs-date", ISO, UnixTime::parse_iso8601),
        SchemeKind::RpcV1 => (limits.rpc_v1, "Timestamp", ISO, UnixTime::parse_iso8601),
        SchemeKind::RoaV1 => (limits.roa_v1, "Date", HTTP, UnixTime::parse_http_date),
        SchemeKind::Bearer | SchemeKind::Anonymous => return Ok(None),
    };
    let text = presented.timestamp.as_deref().unwrap_or_default();
    let time = read(text).ok_or(SignatureError::TimestampFormat { name, expected })?;
    let oldest = now.saturating_add(-i64::from(window.past_secs));
    let newest = now.saturating_add(i64::from(window.future_secs));
    if time < oldest || time > newest {
        return Err(SignatureError::TimestampExpired { presented: time, now, window });
    }
    Ok(Some(time))
}

/// Checks a signed request against the secret of the access key that it names.
///
/// Order: scheme accepted at all, time, body hash or `Content-MD5`, signature. `presented` has to come from
/// [`crate::identify`] on the same request. The comparison of signatures takes the same time wherever they differ.
///
/// # Errors
/// - [`SignatureError::NotSigned`] for a bearer token or an anonymous request;
/// - [`SignatureError::SchemeRefused`], the errors of [`check_time`];
/// - [`SignatureError::BodyHash`], [`SignatureError::ContentMd5`], [`SignatureError::UncoveredBody`];
/// - [`SignatureError::UnsignedHeader`] and [`SignatureError::AbsentSignedHeader`] for V3;
/// - [`SignatureError::Mismatch`] with the server's string to sign.
pub fn verify(
    request: &WireRequest<'_>,
    presented: &Presented,
    secret: &SecretKey,
    now: UnixTime,
    limits: &Limits,
) -> Result<Verified, SignatureError> {
    let scheme = presented.scheme.kind();
    let refused = match scheme {
        SchemeKind::RpcV1 => !limits.accept_rpc_v1,
        SchemeKind::RoaV1 => limits.roa_v1_rule == RoaV1Rule::Refuse,
        SchemeKind::V3 | SchemeKind::Bearer | SchemeKind::Anonymous => false,
    };
    if refused {
        return Err(SignatureError::SchemeRefused { scheme });
    }
    let (Some(timestamp), Some(access_key_id)) = (check_time(presented, now, limits)?, &presented.access_key_id) else {
        return Err(SignatureError::NotSigned);
    };
    let token = presented.security_token.as_ref();
    let mut verified = Verified {
        access_key_id: access_key_id.clone(),
        scheme,
        timestamp,
        replay_nonce: presented.nonce.clone().unwrap_or_default(),
        body_covered: true,
        empty_values: EmptyValues::Signed,
    };
    match (&presented.scheme, &presented.parameters) {
        (Scheme::V3 { signed_headers, signature, .. }, _) => {
            v3::verify(request, signed_headers, signature, token, secret)?;
        }
        (Scheme::RpcV1 { signature }, Some(parameters)) => {
            check_content_md5(request)?;
            verified.empty_values = rpc_v1::verify(request.method, parameters, signature, token, secret)?;
        }
        (Scheme::RoaV1 { signature }, _) => {
            let has_md5 = check_content_md5(request)?;
            let matched = roa_v1::verify(request, signature, token, secret)?;
            // A client that signed no content type sent no body; of one that did, the body may have been taken away.
            let bodiless = request.body.is_empty() && !matched.content_type_signed;
            verified.body_covered = has_md5 || bodiless;
            if !verified.body_covered && limits.roa_v1_rule == RoaV1Rule::RequireContentMd5 {
                return Err(SignatureError::UncoveredBody { reason: "Content-MD5 is mandatory on this server" });
            }
            if presented.nonce.is_none() {
                verified.replay_nonce = format!("signature:{}", matched.signature);
            }
        }
        _ => return Err(SignatureError::NotSigned),
    }
    Ok(verified)
}

/// True when a `Content-MD5` is there and right, false when there is none.
fn check_content_md5(request: &WireRequest<'_>) -> Result<bool, SignatureError> {
    match request.text("content-md5")? {
        None => Ok(false),
        Some(text) if text == mac::content_md5(request.body) => Ok(true),
        Some(_) => Err(SignatureError::ContentMd5),
    }
}

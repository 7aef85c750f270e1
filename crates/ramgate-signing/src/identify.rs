//! Reads who claims to have signed a request, and how, before any secret is known.
//!
//! Nothing here is proven yet: the result tells the caller which access key to look up and [`crate::verify`] what to check.
//! Fields that a scheme demands are missed here, so that a request without them is refused before the key is looked up.

use std::fmt;

use crate::{
    error::{SignatureError, shortened},
    parameters::{self, Parameters},
    request::{WireRequest, is_token},
    secret::SecurityToken,
};

/// The algorithm of a V3 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// `ACS3-HMAC-SHA256`.
    HmacSha256,
}

impl Algorithm {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HmacSha256 => "ACS3-HMAC-SHA256",
        }
    }
}

/// The signature scheme of a request with what only that scheme has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// `Authorization: ACS3-HMAC-SHA256 …`.
    V3 {
        /// The algorithm named.
        algorithm: Algorithm,
        /// `SignedHeaders` exactly as sent; every name in it is a token.
        signed_headers: String,
        /// `Signature` exactly as sent.
        signature: String,
    },
    /// Parameters `Signature`, `SignatureMethod=HMAC-SHA1`, `SignatureVersion=1.0` in the query or in the form.
    RpcV1 {
        /// `Signature`, decoded.
        signature: String,
    },
    /// `Authorization: acs <access key>:<signature>`.
    RoaV1 {
        /// The part behind the colon, exactly as sent.
        signature: String,
    },
    /// A bearer token instead of a signature, in [`Presented::security_token`].
    Bearer,
    /// No credentials at all.
    Anonymous,
}

/// The kind of a [`Scheme`] without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SchemeKind {
    /// ACS3-HMAC-SHA256.
    V3,
    /// RPC signature version 1.0.
    RpcV1,
    /// ROA signature version 1.
    RoaV1,
    /// Bearer token.
    Bearer,
    /// Unsigned.
    Anonymous,
}

impl fmt::Display for SchemeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V3 => "ACS3-HMAC-SHA256",
            Self::RpcV1 => "HMAC-SHA1 (RPC signature version 1.0)",
            Self::RoaV1 => "HMAC-SHA1 (ROA signature version 1)",
            Self::Bearer => "bearer token",
            Self::Anonymous => "anonymous",
        })
    }
}

impl Scheme {
    /// The kind of this scheme.
    #[must_use]
    pub fn kind(&self) -> SchemeKind {
        match self {
            Self::V3 { .. } => SchemeKind::V3,
            Self::RpcV1 { .. } => SchemeKind::RpcV1,
            Self::RoaV1 { .. } => SchemeKind::RoaV1,
            Self::Bearer => SchemeKind::Bearer,
            Self::Anonymous => SchemeKind::Anonymous,
        }
    }
}

/// What a request presents as its credentials. Only [`identify`] makes one, and it belongs to that request.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Presented {
    /// The scheme.
    pub scheme: Scheme,
    /// The access key; always there for the three signed schemes, never for the others.
    pub access_key_id: Option<String>,
    /// The security token of temporary credentials, or the bearer token.
    pub security_token: Option<SecurityToken>,
    /// The client's nonce; always there for V3 and RPC version 1, optional otherwise.
    pub nonce: Option<String>,
    /// The request's time as sent; always there for the three signed schemes.
    pub timestamp: Option<String>,
    /// Query and form, merged, where the scheme lives in them (not read for V3 and ROA version 1).
    pub(crate) parameters: Option<Parameters>,
}

/// Finds out how a request is signed and by which access key.
///
/// Precedence: `Authorization`, then a parameter `Signature`, then a bearer token, then anonymous.
///
/// # Errors
/// - malformed target, headers, or parameters, and a repeated `Authorization` or `x-acs-*` header;
/// - [`SignatureError::UnsupportedScheme`] for ACS3-HMAC-SM3, ACS3-RSA-SHA256, ACS4, id tokens and anything else;
/// - [`SignatureError::Missing`] for a field that the scheme demands;
/// - [`SignatureError::IncompleteSignature`] for credentials that are cut short or contradict each other.
pub fn identify(request: &WireRequest<'_>) -> Result<Presented, SignatureError> {
    request.validate()?;
    if let Some(value) = request.single("authorization")? {
        return from_authorization(request, value);
    }
    if request.text("x-acs-zero-trust-idtoken")?.is_some() {
        return Err(SignatureError::UnsupportedScheme { scheme: "id_token".to_owned() });
    }
    from_parameters(request)
}

fn from_authorization(request: &WireRequest<'_>, value: &[u8]) -> Result<Presented, SignatureError> {
    let text = std::str::from_utf8(value)
        .map_err(|_| SignatureError::MalformedHeader { name: "authorization".to_owned(), reason: "not UTF-8" })?;
    let (scheme, rest) = text.split_once(' ').unwrap_or((text, ""));
    match scheme {
        "ACS3-HMAC-SHA256" => v3(request, rest),
        "acs" => roa_v1(request, rest),
        "" => Err(SignatureError::IncompleteSignature { reason: "the Authorization header is empty" }),
        // Never repeat more than the scheme: what follows may be a password.
        other if other.len() <= 64 && other.bytes().all(is_token) => {
            Err(SignatureError::UnsupportedScheme { scheme: other.to_owned() })
        }
        _ => Err(SignatureError::UnsupportedScheme { scheme: "unknown".to_owned() }),
    }
}

fn v3(request: &WireRequest<'_>, fields: &str) -> Result<Presented, SignatureError> {
    let incomplete = |reason| SignatureError::IncompleteSignature { reason };
    let (mut credential, mut signed_headers, mut signature) = (None, None, None);
    for field in fields.split(',') {
        let (name, value) = field.trim().split_once('=').ok_or_else(|| {
            incomplete("Authorization has to be `ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…`")
        })?;
        let slot = match name {
            "Credential" => &mut credential,
            "SignedHeaders" => &mut signed_headers,
            "Signature" => &mut signature,
            _ => {
                return Err(incomplete("Authorization has a field other than Credential, SignedHeaders and Signature"));
            }
        };
        if slot.replace(value).is_some() {
            return Err(incomplete("Authorization has a field twice"));
        }
    }
    let access_key_id =
        present(credential).ok_or(SignatureError::Missing { code: "MissingAccessKeyId", name: "AccessKeyId" })?;
    let signed_headers = present(signed_headers).ok_or(incomplete("Authorization has no SignedHeaders"))?;
    let signature = present(signature).ok_or(incomplete("Authorization has no Signature"))?;
    if !signed_headers.split(';').all(|name| !name.is_empty() && name.bytes().all(is_token)) {
        return Err(incomplete("SignedHeaders is not a list of header names"));
    }
    let timestamp = demand(request, "x-acs-date", "MissingTimestamp")?;
    let nonce = demand(request, "x-acs-signature-nonce", "MissingSignatureNonce")?;
    demand(request, "x-acs-content-sha256", "MissingContentSha256")?;
    Ok(Presented {
        scheme: Scheme::V3 {
            algorithm: Algorithm::HmacSha256,
            signed_headers: signed_headers.to_owned(),
            signature: signature.to_owned(),
        },
        access_key_id: Some(access_key_id.to_owned()),
        security_token: request.text("x-acs-security-token")?.map(SecurityToken::new),
        nonce: Some(nonce.to_owned()),
        timestamp: Some(timestamp.to_owned()),
        parameters: None,
    })
}

fn roa_v1(request: &WireRequest<'_>, credentials: &str) -> Result<Presented, SignatureError> {
    let (access_key_id, signature) = credentials
        .trim()
        .split_once(':')
        .ok_or(SignatureError::IncompleteSignature { reason: "Authorization has to be `acs AccessKeyId:Signature`" })?;
    if access_key_id.is_empty() {
        return Err(SignatureError::Missing { code: "MissingAccessKeyId", name: "AccessKeyId" });
    }
    if signature.is_empty() {
        return Err(SignatureError::Missing { code: "MissingSignature", name: "Signature" });
    }
    expect_method("HMAC-SHA1", request.text("x-acs-signature-method")?)?;
    expect_method("1.0", request.text("x-acs-signature-version")?)?;
    let timestamp = demand(request, "date", "MissingDate")?;
    Ok(Presented {
        scheme: Scheme::RoaV1 { signature: signature.to_owned() },
        access_key_id: Some(access_key_id.to_owned()),
        security_token: request.text("x-acs-security-token")?.map(SecurityToken::new),
        nonce: request.text("x-acs-signature-nonce")?.map(str::to_owned),
        timestamp: Some(timestamp.to_owned()),
        parameters: None,
    })
}

fn from_parameters(request: &WireRequest<'_>) -> Result<Presented, SignatureError> {
    let (query, form) = parameters::query_and_form(request)?;
    if query.get("Signature").is_some() && form.get("Signature").is_some() {
        return Err(SignatureError::IncompleteSignature { reason: "Signature is both in the query and in the form" });
    }
    let parameters = parameters::merge(query, form);
    let owned = |name| parameters.non_empty(name).map(str::to_owned);
    if let Some(signature) = parameters.get("Signature").map(str::to_owned) {
        return rpc_v1(request, signature, parameters);
    }
    if parameters.non_empty("AccessKeyId").is_some() {
        return Err(SignatureError::Missing { code: "MissingSignature", name: "Signature" });
    }
    let in_header = request.text("x-acs-bearer-token")?;
    if let Some(token) = in_header.or(parameters.non_empty("BearerToken")) {
        // With a token header the other fields travel in headers as for V3, otherwise in parameters as for version 1.
        let (nonce, timestamp) = match in_header {
            Some(_) => (
                request.text("x-acs-signature-nonce")?.map(str::to_owned),
                request.text("x-acs-date")?.map(str::to_owned),
            ),
            None => (owned("SignatureNonce"), owned("Timestamp")),
        };
        return Ok(Presented {
            scheme: Scheme::Bearer,
            access_key_id: None,
            security_token: Some(SecurityToken::new(token)),
            nonce,
            timestamp,
            parameters: in_header.is_none().then_some(parameters),
        });
    }
    if parameters.get("SignatureType").is_some_and(|kind| kind.eq_ignore_ascii_case("BEARERTOKEN")) {
        return Err(SignatureError::Missing { code: "MissingBearerToken", name: "BearerToken" });
    }
    Ok(Presented {
        scheme: Scheme::Anonymous,
        access_key_id: None,
        security_token: None,
        nonce: owned("SignatureNonce"),
        timestamp: owned("Timestamp"),
        parameters: Some(parameters),
    })
}

fn rpc_v1(request: &WireRequest<'_>, signature: String, parameters: Parameters) -> Result<Presented, SignatureError> {
    // The string to sign has a constant `/`: on any other path the signature would say nothing about the resource.
    if request.path() != "/" {
        return Err(SignatureError::IncompleteSignature { reason: "a Signature parameter covers the path `/` only" });
    }
    if !request.body.is_empty() && !request.has_form()? {
        return Err(SignatureError::UncoveredBody {
            reason: "signature version 1.0 covers a body of content type application/x-www-form-urlencoded only",
        });
    }
    let demand = |name, code| parameters.non_empty(name).ok_or(SignatureError::Missing { code, name });
    let access_key_id = demand("AccessKeyId", "MissingAccessKeyId")?.to_owned();
    if signature.is_empty() {
        return Err(SignatureError::Missing { code: "MissingSignature", name: "Signature" });
    }
    expect_method("HMAC-SHA1", Some(demand("SignatureMethod", "MissingSignatureMethod")?))?;
    expect_method("1.0", Some(demand("SignatureVersion", "MissingSignatureVersion")?))?;
    if let Some(kind) = parameters.non_empty("SignatureType") {
        return Err(SignatureError::UnsupportedScheme { scheme: shortened(kind) });
    }
    let timestamp = demand("Timestamp", "MissingTimestamp")?.to_owned();
    let nonce = demand("SignatureNonce", "MissingSignatureNonce")?.to_owned();
    Ok(Presented {
        scheme: Scheme::RpcV1 { signature },
        access_key_id: Some(access_key_id),
        security_token: parameters.non_empty("SecurityToken").map(SecurityToken::new),
        nonce: Some(nonce),
        timestamp: Some(timestamp),
        parameters: Some(parameters),
    })
}

fn present(value: Option<&str>) -> Option<&str> {
    value.filter(|text| !text.is_empty())
}

fn demand<'a>(request: &WireRequest<'a>, name: &'static str, code: &'static str) -> Result<&'a str, SignatureError> {
    request.text(name)?.ok_or(SignatureError::Missing { code, name })
}

/// Version 1 signatures name their method; where one does, it has to be the one that is implemented.
fn expect_method(expected: &str, named: Option<&str>) -> Result<(), SignatureError> {
    match named {
        Some(other) if !other.eq_ignore_ascii_case(expected) => {
            Err(SignatureError::UnsupportedScheme { scheme: shortened(other) })
        }
        _ => Ok(()),
    }
}

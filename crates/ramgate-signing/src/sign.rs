//! The signing side: turns a call into the request that an SDK would send.
//!
//! For the command line and for tests. The output is complete: target and headers go on the wire unchanged, the body as
//! given. Randomness and time are the caller's.

use crate::{
    encoding::percent_encode, error::SignatureError, identify::Algorithm, mac, parameters::rpc_parameters,
    request::WireRequest, roa_v1, rpc_v1, secret::SecretKey, time::UnixTime, v3,
};

/// The credentials to sign with.
#[derive(Debug, Clone, Copy)]
pub struct Credentials<'a> {
    /// The access key.
    pub access_key_id: &'a str,
    /// Its secret.
    pub secret: &'a SecretKey,
    /// The security token that temporary credentials come with.
    pub security_token: Option<&'a str>,
}

/// One call before it is signed.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// Upper-case HTTP method.
    pub method: &'a str,
    /// `host` or `host:port`, as the `Host` header will have it.
    pub host: &'a str,
    /// Percent-encoded path, `/` for RPC. Encode parameters with [`percent_encode`].
    pub path: &'a str,
    /// Query parameters, decoded, in any order.
    pub query: &'a [(&'a str, &'a str)],
    /// API version, such as `2015-05-01`.
    pub version: &'a str,
    /// Action name. RPC needs it.
    pub action: Option<&'a str>,
    /// Further headers. They are signed where the scheme signs headers.
    pub headers: &'a [(&'a str, &'a str)],
    /// Content type of the body; `None` without a body.
    pub content_type: Option<&'a str>,
    /// The body, complete.
    pub body: &'a [u8],
    /// The time to put into the request.
    pub time: UnixTime,
    /// A text that this access key has not used before.
    pub nonce: &'a str,
}

/// A signed request, to be sent with the call's method and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCall {
    /// Request target: path and query.
    pub target: String,
    /// All headers, `host` included, `content-length` not.
    pub headers: Vec<(String, String)>,
}

impl SignedCall {
    /// The headers in the form that [`WireRequest`] takes.
    #[must_use]
    pub fn wire_headers(&self) -> Vec<(&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect()
    }

    fn push(&mut self, name: &str, value: impl Into<String>) {
        self.headers.push((name.to_owned(), value.into()));
    }

    /// The headers that every scheme sends.
    fn start(call: &Call<'_>, query: &[(&str, &str)]) -> Self {
        let mut signed = Self { target: target(call.path, query), headers: Vec::with_capacity(16) };
        signed.push("host", call.host);
        signed.push("x-acs-version", call.version);
        if let Some(action) = call.action {
            signed.push("x-acs-action", action);
        }
        if !call.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept")) {
            signed.push("accept", "application/json");
        }
        if let Some(content_type) = call.content_type {
            signed.push("content-type", content_type);
        }
        for (name, value) in call.headers {
            signed.push(name, *value);
        }
        signed
    }

    fn push_token(&mut self, credentials: &Credentials<'_>) {
        if let Some(token) = credentials.security_token {
            self.push("x-acs-accesskey-id", credentials.access_key_id);
            self.push("x-acs-security-token", token);
        }
    }

    /// Runs `sign` over the request as it will be on the wire, after the checks that the server makes as well.
    fn with_request<T>(
        &self,
        call: &Call<'_>,
        sign: impl FnOnce(&WireRequest<'_>) -> Result<T, SignatureError>,
    ) -> Result<T, SignatureError> {
        let headers = self.wire_headers();
        let request = WireRequest { method: call.method, target: &self.target, headers: &headers, body: call.body };
        request.validate()?;
        sign(&request)
    }
}

fn target(path: &str, query: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        query.iter().map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Signs with ACS3-HMAC-SHA256. Every header is signed.
///
/// # Errors
/// When the call cannot be a request: line breaks in headers, a malformed path, a header given twice.
pub fn sign_v3(call: &Call<'_>, credentials: &Credentials<'_>) -> Result<SignedCall, SignatureError> {
    let mut signed = SignedCall::start(call, call.query);
    signed.push("x-acs-date", call.time.to_iso8601());
    signed.push("x-acs-signature-nonce", call.nonce);
    signed.push("x-acs-content-sha256", mac::sha256_hex(call.body));
    signed.push_token(credentials);
    let mut names: Vec<String> = signed.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    names.dedup();
    let names = names.join(";");
    let signature = signed.with_request(call, |request| v3::sign(request, &names, credentials.secret))?;
    signed.push(
        "authorization",
        format!(
            "{} Credential={},SignedHeaders={names},Signature={signature}",
            Algorithm::HmacSha256.name(),
            credentials.access_key_id
        ),
    );
    Ok(signed)
}

/// Signs with RPC signature version 1.0. The common parameters and the signature are added to the query.
///
/// # Errors
/// When the call has no action, a path other than `/`, a body that is no form, or repeats a common parameter; and as
/// [`sign_v3`].
pub fn sign_rpc_v1(call: &Call<'_>, credentials: &Credentials<'_>) -> Result<SignedCall, SignatureError> {
    let action = call.action.ok_or(SignatureError::Missing { code: "MissingAction", name: "Action" })?;
    if call.path != "/" {
        return Err(SignatureError::MalformedTarget { reason: "RPC operations have the path `/`" });
    }
    let time = call.time.to_iso8601();
    let mut query = vec![
        ("Action", action),
        ("Version", call.version),
        ("Format", "JSON"),
        ("AccessKeyId", credentials.access_key_id),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", call.nonce),
        ("Timestamp", &time),
    ];
    query.extend(credentials.security_token.map(|token| ("SecurityToken", token)));
    query.extend_from_slice(call.query);
    let mut signed = SignedCall::start(call, &query);
    let signature = signed.with_request(call, |request| {
        if !request.body.is_empty() && !request.has_form()? {
            return Err(SignatureError::UncoveredBody { reason: "only a form can be signed" });
        }
        Ok(rpc_v1::sign(request.method, &rpc_parameters(request)?, credentials.secret))
    })?;
    signed.target.push_str("&Signature=");
    signed.target.push_str(&percent_encode(&signature));
    Ok(signed)
}

/// Signs with ROA signature version 1. A `Content-MD5` is always sent, so that the body is covered.
///
/// # Errors
/// As [`sign_v3`], and [`SignatureError::AmbiguousRoaQuery`] for values that this scheme cannot cover.
pub fn sign_roa_v1(call: &Call<'_>, credentials: &Credentials<'_>) -> Result<SignedCall, SignatureError> {
    let mut signed = SignedCall::start(call, call.query);
    signed.push("date", call.time.to_http_date());
    signed.push("content-md5", mac::content_md5(call.body));
    signed.push("x-acs-signature-method", "HMAC-SHA1");
    signed.push("x-acs-signature-version", "1.0");
    signed.push("x-acs-signature-nonce", call.nonce);
    signed.push_token(credentials);
    let signature = signed.with_request(call, |request| roa_v1::sign(request, credentials.secret))?;
    signed.push("authorization", format!("acs {}:{signature}", credentials.access_key_id));
    Ok(signed)
}

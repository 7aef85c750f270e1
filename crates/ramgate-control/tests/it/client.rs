//! A client that signs as the SDKs do and shows what came back, raw.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use ramgate_control::clock::{Clock, ManualClock};
use ramgate_signing::{Call, Credentials, SecretKey, SignedCall, UnixTime};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpStream;

/// API versions by product.
pub(crate) mod version {
    pub(crate) const RAM: &str = "2015-05-01";
    pub(crate) const IMS: &str = "2019-08-15";
    pub(crate) const STS: &str = "2015-04-01";
    pub(crate) const MSE: &str = "2019-05-31";
    pub(crate) const APIG: &str = "2024-03-27";
    pub(crate) const CAS: &str = "2020-04-07";
}

/// How calls are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// ACS3-HMAC-SHA256, as new SDKs do.
    V3,
    /// RPC signature version 1.0, as old SDKs do.
    RpcV1,
    /// ROA signature version 1, as old SDKs do.
    RoaV1,
}

/// Signs with one access key.
#[derive(Clone)]
pub(crate) struct Client {
    address: SocketAddr,
    clock: ManualClock,
    access_key_id: String,
    secret: String,
    security_token: Option<String>,
    scheme: Scheme,
    /// Seconds that its clock is ahead of the server's.
    ahead: i64,
}

/// A request to be signed. `Request::new` is a `POST /` without anything.
#[derive(Clone, Default)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) version: &'a str,
    pub(crate) action: Option<&'a str>,
    pub(crate) query: &'a [(&'a str, &'a str)],
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) content_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// A signed request, to be sent once or more often.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: hyper::HeaderMap,
    /// Null where the body is no JSON.
    pub(crate) body: Value,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, clock: ManualClock, access_key_id: &str, secret: &str) -> Self {
        Self {
            address,
            clock,
            access_key_id: access_key_id.to_owned(),
            secret: secret.to_owned(),
            security_token: None,
            scheme: Scheme::V3,
            ahead: 0,
        }
    }

    /// The same client with another scheme.
    pub(crate) fn signing(&self, scheme: Scheme) -> Self {
        Self { scheme, ..self.clone() }
    }

    /// The same client with another secret.
    pub(crate) fn with_secret(&self, secret: &str) -> Self {
        Self { secret: secret.to_owned(), ..self.clone() }
    }

    /// The same client with a security token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { security_token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same client with a clock so many seconds ahead.
    pub(crate) fn ahead(&self, seconds: i64) -> Self {
        Self { ahead: seconds, ..self.clone() }
    }

    pub(crate) fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    pub(crate) fn token(&self) -> String {
        self.security_token.clone().unwrap_or_default()
    }

    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    /// Calls RAM.
    pub(crate) async fn ram(&self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.rpc(version::RAM, action, parameters).await
    }

    /// Calls IMS.
    pub(crate) async fn ims(&self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.rpc(version::IMS, action, parameters).await
    }

    /// Calls STS.
    pub(crate) async fn sts(&self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.rpc(version::STS, action, parameters).await
    }

    /// Calls MSE.
    pub(crate) async fn mse(&self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.rpc(version::MSE, action, parameters).await
    }

    /// Calls the certificate service.
    pub(crate) async fn cas(&self, action: &str, parameters: &[(&str, &str)]) -> Answer {
        self.rpc(version::CAS, action, parameters).await
    }

    /// Calls an RPC operation, parameters in the query.
    pub(crate) async fn rpc(&self, version: &str, action: &str, parameters: &[(&str, &str)]) -> Answer {
        let request = Request { version, action: Some(action), query: parameters, ..Request::new() };
        self.send(&request).await
    }

    /// Calls an APIG operation. A null body is none.
    pub(crate) async fn apig(&self, method: &str, path: &str, query: &[(&str, &str)], body: Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let content_type = (!body.is_empty()).then_some("application/json");
        let body = body.as_bytes();
        self.send(&Request { method, path, version: version::APIG, query, content_type, body, ..Request::new() }).await
    }

    /// Signs and sends.
    pub(crate) async fn send(&self, request: &Request<'_>) -> Answer {
        self.submit(&self.sign(request)).await
    }

    /// Signs with a nonce of its own.
    pub(crate) fn sign(&self, request: &Request<'_>) -> Signed {
        static NONCES: AtomicU64 = AtomicU64::new(0);
        let nonce = format!("{}-{}", std::process::id(), NONCES.fetch_add(1, Ordering::Relaxed));
        let call = Call {
            method: request.method,
            host: &self.address.to_string(),
            path: request.path,
            query: request.query,
            version: request.version,
            action: request.action,
            headers: request.headers,
            content_type: request.content_type,
            body: request.body,
            time: UnixTime::from_secs(self.clock.now() / 1000 + self.ahead),
            nonce: &nonce,
        };
        let secret = SecretKey::new(self.secret.clone());
        let credentials = Credentials {
            access_key_id: &self.access_key_id,
            secret: &secret,
            security_token: self.security_token.as_deref(),
        };
        let sign = match self.scheme {
            Scheme::V3 => ramgate_signing::sign_v3,
            Scheme::RpcV1 => ramgate_signing::sign_rpc_v1,
            Scheme::RoaV1 => ramgate_signing::sign_roa_v1,
        };
        let SignedCall { target, headers } = sign(&call, &credentials).unwrap();
        Signed { method: request.method.to_owned(), target, headers, body: request.body.to_vec() }
    }

    /// Sends what was signed, on a connection of its own.
    pub(crate) async fn submit(&self, signed: &Signed) -> Answer {
        submit(self.address, signed).await
    }
}

/// Sends a request as it is.
pub(crate) async fn submit(address: SocketAddr, signed: &Signed) -> Answer {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    let mut request = hyper::Request::builder().method(signed.method.as_str()).uri(&signed.target);
    for (name, value) in &signed.headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(Bytes::from(signed.body.clone()))).unwrap();
    let (parts, body) = sender.send_request(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    drop(sender);
    connection.abort();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

impl Request<'_> {
    pub(crate) fn new() -> Self {
        Self { method: "POST", path: "/", ..Self::default() }
    }
}

impl Answer {
    /// The body of a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body
    }

    /// Asserts a refusal with this status and code, as clients of every generation read it.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.body);
        assert!(!self.message().is_empty(), "a refusal without a message");
        assert!(self.body["HostId"].is_string(), "{}", self.body);
        self
    }

    /// Asserts that the message holds a text.
    #[track_caller]
    pub(crate) fn saying(&self, text: &str) -> &Self {
        assert!(self.message().contains(text), "{}", self.message());
        self
    }

    pub(crate) fn code(&self) -> &str {
        self.body["Code"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.body["Message"].as_str().unwrap_or_default()
    }

    /// As in the body, in either spelling.
    pub(crate) fn request_id(&self) -> String {
        let id = self.body.get("RequestId").or_else(|| self.body.get("requestId"));
        id.and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

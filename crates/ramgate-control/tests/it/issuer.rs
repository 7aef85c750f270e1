//! An OIDC issuer on a loopback address: publishes what a test gives it, and signs tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// Answers by path: status, headers beside the usual ones, body.
type Pages = HashMap<String, (u16, String, String)>;

/// A running issuer.
pub(crate) struct Issuer {
    pub(crate) url: String,
    pages: Arc<Mutex<Pages>>,
    /// How often the keys were fetched.
    pub(crate) n_fetches: Arc<AtomicUsize>,
    _tasks: tokio::task::JoinSet<()>,
}

impl Issuer {
    /// Serves plain HTTP, with these keys.
    pub(crate) async fn start(keys: &[&SigningKey]) -> Self {
        Self::start_with(keys, None).await
    }

    /// Serves HTTPS where an acceptor is given.
    pub(crate) async fn start_with(keys: &[&SigningKey], tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = match tls {
            Some(_) => format!("https://localhost:{port}"),
            None => format!("http://127.0.0.1:{port}"),
        };
        let (pages, n_fetches) = (Arc::<Mutex<Pages>>::default(), Arc::<AtomicUsize>::default());
        let mut tasks = tokio::task::JoinSet::new();
        let (shared, count) = (pages.clone(), n_fetches.clone());
        tasks.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                match &tls {
                    None => serve(stream, &shared, &count).await,
                    Some(tls) => {
                        if let Ok(stream) = tls.accept(stream).await {
                            serve(stream, &shared, &count).await;
                        }
                    }
                }
            }
        });
        let issuer = Self { url, pages, n_fetches, _tasks: tasks };
        let jwks_uri = format!("{}/keys", issuer.url);
        issuer.page(
            "/.well-known/openid-configuration",
            200,
            "",
            json!({ "issuer": issuer.url, "jwks_uri": jwks_uri }),
        );
        issuer.publish(keys);
        issuer
    }

    /// Publishes these keys instead.
    pub(crate) fn publish(&self, keys: &[&SigningKey]) {
        let keys: Vec<Value> = keys.iter().map(|key| key.jwk.clone()).collect();
        self.page("/keys", 200, "", json!({ "keys": keys }));
    }

    pub(crate) fn page(&self, path: &str, status: u16, headers: &str, body: Value) {
        let page = (status, headers.to_owned(), body.to_string());
        self.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    pub(crate) fn n_fetches(&self) -> usize {
        self.n_fetches.load(Ordering::SeqCst)
    }

    /// What a good token for the client `app` says.
    pub(crate) fn claims(&self, now_ms: i64) -> Value {
        let now = now_ms / 1000;
        json!({ "iss": self.url, "sub": "repo:edge:main", "aud": ["app"], "iat": now - 10, "exp": now + 600 })
    }
}

async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, pages: &Mutex<Pages>, count: &AtomicUsize) {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|part| part == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(n) if n > 0 => head.extend_from_slice(&buffer[..n]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    if path == "/keys" {
        count.fetch_add(1, Ordering::SeqCst);
    }
    let missing = || (404, String::new(), "{}".to_owned());
    let (status, headers, body) = pages.lock().unwrap().get(path).cloned().unwrap_or_else(missing);
    let answer =
        format!("HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// A key that signs tokens.
pub(crate) struct SigningKey {
    id: String,
    kind: Kind,
    jwk: Value,
}

enum Kind {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl SigningKey {
    pub(crate) fn es256(id: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let point = pair.public_key().as_ref();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let jwk = json!({
            "kty": "EC", "crv": "P-256", "kid": id, "use": "sig", "x": part(&point[1..33]), "y": part(&point[33..]),
        });
        Self { id: id.to_owned(), kind: Kind::Es256(pair), jwk }
    }

    pub(crate) fn ed25519(id: &str) -> Self {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
        Self {
            id: id.to_owned(),
            kind: Kind::EdDsa(pair),
            jwk: json!({ "kty": "OKP", "crv": "Ed25519", "kid": id, "x": x }),
        }
    }

    pub(crate) fn jwk(&self) -> &Value {
        &self.jwk
    }

    /// A token that says this.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let alg = match self.kind {
            Kind::Es256(_) => "ES256",
            Kind::EdDsa(_) => "EdDSA",
        };
        self.sign_with(&json!({ "alg": alg, "typ": "JWT", "kid": self.id }), claims)
    }

    /// A token with this header that says this.
    pub(crate) fn sign_with(&self, header: &Value, claims: &Value) -> String {
        let signed = unsigned(header, claims);
        let signature = match &self.kind {
            Kind::Es256(pair) => pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap().as_ref().to_vec(),
            Kind::EdDsa(pair) => pair.sign(signed.as_bytes()).as_ref().to_vec(),
        };
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// The part of a token that is signed.
pub(crate) fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

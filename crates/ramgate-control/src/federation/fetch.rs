//! Fetches a JSON document of an issuer over HTTPS.
//!
//! Whoever may make an identity provider chooses where this goes, and anyone can set it off. So it goes nowhere but to the
//! public internet, or into networks that the settings name; it follows no redirects, takes little, and gives up soon. The
//! address that was checked is the one that is connected to.

use http::Uri;
use http::header::{ACCEPT, HOST, USER_AGENT};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Largest document, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// Why a document is not fetched.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    #[error("it is not a URL with a host")]
    Url,
    #[error("it must begin with `https://`")]
    Scheme,
    #[error("`{0}` has no address that may be connected to")]
    Address(String),
    #[error("it did not answer within {} seconds", PATIENCE.as_secs())]
    Timeout,
    #[error("it cannot be connected to")]
    Connect(#[source] std::io::Error),
    #[error("it does not speak HTTP")]
    Http(#[source] hyper::Error),
    #[error("it answered with status {0}")]
    Status(u16),
    #[error("its answer cannot be read, or has more than {MAX_BYTES} bytes")]
    Body(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("its answer is not JSON")]
    Json(#[source] serde_json::Error),
    #[error("no trust in its certificate can be set up")]
    Tls(#[source] rustls::Error),
}

/// A URL that may be fetched as far as it tells by itself.
pub(super) struct Place {
    uri: Uri,
    host: String,
    port: u16,
    tls: bool,
}

impl Place {
    /// Reads a URL. Plain HTTP is for a loopback address within the networks given.
    pub(super) fn read(url: &str, networks: &[IpNet]) -> Result<Self, FetchError> {
        let uri: Uri = url.parse().map_err(|_| FetchError::Url)?;
        let host = uri.host().ok_or(FetchError::Url)?.trim_matches(['[', ']']).to_owned();
        if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Err(FetchError::Url);
        }
        let tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => {
                let loopback = |ip: IpAddr| ip.is_loopback() && is_within(ip, networks);
                if !host.parse::<IpAddr>().is_ok_and(loopback) {
                    return Err(FetchError::Scheme);
                }
                false
            }
            _ => return Err(FetchError::Scheme),
        };
        let port = uri.port_u16().unwrap_or(if tls { 443 } else { 80 });
        Ok(Self { uri, host, port, tls })
    }

    /// The first address that may be connected to.
    async fn address(&self, networks: &[IpNet]) -> Result<SocketAddr, FetchError> {
        let found = tokio::net::lookup_host((self.host.as_str(), self.port)).await.map_err(FetchError::Connect)?;
        let mut allowed = found.filter(|address| is_public(address.ip()) || is_within(address.ip(), networks));
        allowed.next().ok_or_else(|| FetchError::Address(self.host.clone()))
    }
}

/// Fetches a JSON document. Where there are fingerprints, one of the certificates shown must have one of them and is what
/// the others are checked against; otherwise the public authorities are.
pub(super) async fn json(
    place: &Place,
    networks: &[IpNet],
    fingerprints: &[String],
) -> Result<serde_json::Value, FetchError> {
    tokio::time::timeout(PATIENCE, get(place, networks, fingerprints)).await.map_err(|_| FetchError::Timeout)?
}

async fn get(place: &Place, networks: &[IpNet], fingerprints: &[String]) -> Result<serde_json::Value, FetchError> {
    let stream = TcpStream::connect(place.address(networks).await?).await.map_err(FetchError::Connect)?;
    if !place.tls {
        return exchange(place, stream).await;
    }
    let connector = TlsConnector::from(Arc::new(tls(fingerprints)?));
    let name = ServerName::try_from(place.host.clone()).map_err(|_| FetchError::Url)?;
    exchange(place, connector.connect(name, stream).await.map_err(FetchError::Connect)?).await
}

async fn exchange(
    place: &Place,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<serde_json::Value, FetchError> {
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(FetchError::Http)?;
    // Ends with the request: dropping the set ends what is left of the connection.
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection to an issuer broke");
        }
    });
    let path = place.uri.path_and_query().map_or("/", |path| path.as_str());
    let host = place.uri.authority().map_or("", |authority| authority.as_str());
    let request = Request::get(path)
        .header(HOST, host)
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, "ramgate")
        .body(Empty::<Bytes>::new())
        .map_err(|_| FetchError::Url)?;
    let response = sender.send_request(request).await.map_err(FetchError::Http)?;
    if response.status() != 200 {
        return Err(FetchError::Status(response.status().as_u16()));
    }
    let body = Limited::new(response.into_body(), MAX_BYTES).collect().await.map_err(FetchError::Body)?;
    serde_json::from_slice(&body.to_bytes()).map_err(FetchError::Json)
}

fn is_within(ip: IpAddr, networks: &[IpNet]) -> bool {
    networks.iter().any(|network| network.contains(&ip))
}

/// Whether an address belongs to the public internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

/// Global unicast, without documentation and without ways back to addresses of version 4.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    (0x2000..0x4000).contains(&first)
        && !(first == 0x2001 && (second == 0xdb8 || second < 0x200))
        && first != 0x2002
        && !(first == 0x3fff && second < 0x1000)
}

/// How the issuer's certificate is judged.
fn tls(fingerprints: &[String]) -> Result<ClientConfig, FetchError> {
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(FetchError::Tls)?;
    if fingerprints.is_empty() {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        return Ok(builder.with_root_certificates(roots).with_no_client_auth());
    }
    let pinned = Arc::new(Pinned { fingerprints: fingerprints.to_vec() });
    Ok(builder.dangerous().with_custom_certificate_verifier(pinned).with_no_client_auth())
}

/// Takes the shown certificate with a known fingerprint for the authority; all else is checked as usual.
#[derive(Debug)]
struct Pinned {
    /// SHA-1 or SHA-256 in lower-case hexadecimal.
    fingerprints: Vec<String>,
}

impl Pinned {
    fn is_known(&self, certificate: &CertificateDer<'_>) -> bool {
        [&SHA256, &SHA1_FOR_LEGACY_USE_ONLY].into_iter().any(|algorithm| {
            let hash = digest(algorithm, certificate);
            let hex: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
            self.fingerprints.contains(&hex)
        })
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let shown = [end_entity].into_iter().chain(intermediates);
        let unknown = || rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let authority = shown.into_iter().find(|certificate| self.is_known(certificate)).ok_or_else(unknown)?;
        let mut roots = RootCertStore::empty();
        roots.add(authority.clone().into_owned())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let usual = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        let usual = usual.map_err(|error| rustls::Error::General(error.to_string()))?;
        usual.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, &algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for public in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "::ffff:8.8.8.8"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for other in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.192",
            "198.18.0.1",
            "203.0.113.1",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(other.parse().unwrap()), "{other}");
        }
    }

    #[test]
    fn plain_http_is_for_loopback_addresses_that_the_settings_name() {
        let loopback = ["127.0.0.0/8".parse().unwrap()];
        assert!(Place::read("http://127.0.0.1:8080/x", &loopback).is_ok());
        for (url, networks) in [
            ("http://127.0.0.1:8080/x", &[][..]),
            ("http://localhost/x", &loopback),
            ("http://10.0.0.1/x", &["10.0.0.0/8".parse().unwrap()]),
            ("http://example.com/", &loopback),
            ("ftp://127.0.0.1/", &loopback),
            ("file:///etc/passwd", &loopback),
            ("https://user@example.com/", &[]),
            ("nothing", &[]),
        ] {
            assert!(Place::read(url, networks).is_err(), "{url}");
        }
        let place = Place::read("https://[2606:4700::1]:8443/x?y", &[]).unwrap();
        assert_eq!((place.host.as_str(), place.port, place.tls), ("2606:4700::1", 8443, true));
    }
}

//! TLS of a gateway: which certificate and which settings for which host name.

use crate::key::Name;
use ramgate_model::{CertificateId, TlsVersion};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A private key in PEM. Never printed; wiped when the last holder drops it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretPem(Zeroizing<String>);

impl SecretPem {
    /// The PEM text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretPem {
    fn from(pem: String) -> Self {
        Self(Zeroizing::new(pem))
    }
}

impl fmt::Debug for SecretPem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A certificate chain with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The certificate's id.
    pub certificate_id: CertificateId,
    /// The chain in PEM, leaf first.
    pub chain_pem: Box<str>,
    /// The key in PEM.
    pub key_pem: SecretPem,
}

/// TLS for one host name or pattern: what an HTTPS domain asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsSite {
    /// The domain's id.
    pub domain_id: Name,
    /// `example.com`, `*.example.com` or `*`.
    pub host: Name,
    /// What is shown to clients; `None` while the certificate is missing, which refuses the handshake.
    pub identity: Option<Arc<Identity>>,
    /// The least version offered.
    pub tls_min: TlsVersion,
    /// The greatest version offered.
    pub tls_max: TlsVersion,
    /// Offer HTTP/2 by ALPN.
    pub http2: bool,
    /// PEM of the authorities whose client certificates are required; empty means that none is asked for.
    pub client_ca_pem: Box<str>,
}

impl TlsSite {
    /// True where clients must show a certificate.
    pub fn requires_client_certificate(&self) -> bool {
        !self.client_ca_pem.is_empty()
    }
}

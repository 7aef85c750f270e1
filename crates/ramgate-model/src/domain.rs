//! Domains: host names, and TLS for them.

use crate::{CertificateId, DomainId, GatewayId, Resource, Timestamp};
use serde::{Deserialize, Serialize};

/// A domain. APIG's domains belong to the account and serve on every gateway whose routes name them; MSE's belong to one
/// gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// The id.
    pub id: DomainId,
    /// MSE's numeric domain id. 0 is the default domain `*` of each gateway and is never stored.
    pub number: i64,
    /// The one gateway it belongs to; `None` means all of the account.
    pub gateway_id: Option<GatewayId>,
    /// `example.com`, `*.example.com` (any depth) or `*`, in lower case.
    pub name: String,
    /// Whether TLS is served for it.
    pub protocol: DomainProtocol,
    /// Plain HTTP is redirected to HTTPS.
    pub force_https: bool,
    /// HTTP/2 by ALPN.
    pub http2: Http2Option,
    /// The least version offered.
    pub tls_min: TlsVersion,
    /// The greatest version offered.
    pub tls_max: TlsVersion,
    /// The certificate shown; required for HTTPS.
    pub certificate_id: Option<CertificateId>,
    /// PEM of the authorities whose client certificates are required; empty means none is asked for.
    pub client_ca_pem: String,
    /// Configuration that no data plane part reads yet, kept as given and answered unchanged.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// The resource group; empty means the default one.
    pub resource_group_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Whether TLS is served for a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DomainProtocol {
    /// Plain only.
    Http,
    /// Plain and TLS, unless plain is redirected.
    Https,
}

/// HTTP/2 over TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Http2Option {
    /// Offered.
    Open,
    /// Not offered.
    Close,
    /// As the gateway is set; offered by default.
    #[default]
    Global,
}

/// TLS versions. 1.0 and 1.1 are accepted in configuration as the cloud does, and served from 1.2 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TlsVersion {
    /// TLS 1.0.
    #[serde(rename = "TLS 1.0")]
    V10,
    /// TLS 1.1.
    #[serde(rename = "TLS 1.1")]
    V11,
    /// TLS 1.2.
    #[serde(rename = "TLS 1.2")]
    V12,
    /// TLS 1.3.
    #[serde(rename = "TLS 1.3")]
    V13,
}

impl TlsVersion {
    /// Reads `TLS 1.2` or `TLSv1.2`, without regard to case.
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().replace(' ', "").replace("tlsv", "tls").as_str() {
            "tls1.0" => Some(Self::V10),
            "tls1.1" => Some(Self::V11),
            "tls1.2" => Some(Self::V12),
            "tls1.3" => Some(Self::V13),
            _ => None,
        }
    }

    /// The spelling of both APIs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V10 => "TLS 1.0",
            Self::V11 => "TLS 1.1",
            Self::V12 => "TLS 1.2",
            Self::V13 => "TLS 1.3",
        }
    }
}

impl Resource for Domain {
    const KIND: &'static str = "domain";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

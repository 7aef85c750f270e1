//! Domains and certificates.

use crate::mse::StatusComment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The cipher suites of a domain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct TlsCipherSuitesConfig {
    /// Which suites: those of the system or those given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_type: Option<String>,
    /// The suites.
    pub tls_cipher_suites: Vec<String>,
}

/// A domain in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DomainSummary {
    /// The end of validity of the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_before_date: Option<String>,
    /// The certificate, `<number>-<region>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_identifier: Option<String>,
    /// Why the status is what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<StatusComment>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// `open`, `close`, or `globalConfig` to follow the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http2: Option<String>,
    /// The number.
    pub id: i64,
    /// Whether Ingress made it.
    pub is_managed: bool,
    /// Whether plain HTTP is redirected to HTTPS.
    pub must_https: bool,
    /// The name.
    pub name: String,
    /// `HTTP` or `HTTPS`.
    pub protocol: String,
    /// 0 not published, 2 publishing, 3 published, 6 unavailable.
    pub status: i32,
    /// Cipher suites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_cipher_suites_config: Option<TlsCipherSuitesConfig>,
    /// The highest version, up to `TLS 1.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_max: Option<String>,
    /// The lowest version, from `TLS 1.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_min: Option<String>,
    /// `Op` or `Ingress`.
    #[serde(rename = "Type")]
    pub kind: String,
}

/// A domain with facts of its certificate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DomainDetail {
    /// The end of validity, milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_date: Option<i64>,
    /// The algorithm of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// The begin of validity, milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_date: Option<i64>,
    /// The certificate of the authority that clients must be signed by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_cert_identifier: Option<String>,
    /// The certificate, `<number>-<region>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_identifier: Option<String>,
    /// The certificate's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_name: Option<String>,
    /// The common name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// The end of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_after: Option<String>,
    /// The begin of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_before: Option<String>,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// `open`, `close`, or `globalConfig` to follow the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http2: Option<String>,
    /// The number.
    pub id: i64,
    /// Whether Ingress made it.
    pub is_managed: bool,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Whether clients must show a certificate.
    pub mtls_enabled: bool,
    /// Whether plain HTTP is redirected to HTTPS.
    pub must_https: bool,
    /// The name.
    pub name: String,
    /// `HTTP` or `HTTPS`.
    pub protocol: String,
    /// Names covered, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sans: Option<String>,
    /// Cipher suites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_cipher_suites_config: Option<TlsCipherSuitesConfig>,
    /// The highest version, up to `TLS 1.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_max: Option<String>,
    /// The lowest version, from `TLS 1.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_min: Option<String>,
}

/// A domain that is gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DeletedDomain {
    /// The certificate, `<number>-<region>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_identifier: Option<String>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// The number.
    pub id: i64,
    /// Whether plain HTTP is redirected to HTTPS.
    pub must_https: bool,
    /// The name.
    pub name: String,
    /// `HTTP` or `HTTPS`.
    pub protocol: String,
}

/// A certificate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SslCert {
    /// The end of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_date: Option<String>,
    /// The algorithm of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// The begin of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_date: Option<String>,
    /// The certificate, `<number>-<region>`.
    pub cert_identifier: String,
    /// The certificate's name.
    pub cert_name: String,
    /// The common name.
    pub common_name: String,
    /// The end of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_after: Option<String>,
    /// The begin of validity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_before: Option<String>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Names covered, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sans: Option<String>,
}

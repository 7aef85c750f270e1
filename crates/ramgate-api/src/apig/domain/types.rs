//! Domains and certificates.

use crate::apig::ResourceStatistic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A domain in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DomainInfo {
    /// The domain's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_id: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
}

/// The cipher suites of a domain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct TlsCipherSuitesConfig {
    /// `Default` or `Custom`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub config_type: Option<String>,
    /// The suites, at most 20.
    pub tls_cipher_suite: Vec<TlsCipherSuite>,
}

/// A cipher suite.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct TlsCipherSuite {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// TLS versions it is for.
    pub support_versions: Vec<String>,
}

/// A domain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    /// The algorithm of the key, such as `RSA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// The certificate of the authority that clients must be signed by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_cert_identifier: Option<String>,
    /// Why the certificate cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_detail_error_code: Option<String>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_detail_error_message: Option<String>,
    /// Whether the facts of the certificate could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_detail_status: Option<String>,
    /// The certificate, `<number>-<region>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_identifier: Option<String>,
    /// The certificate's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_name: Option<String>,
    /// Certificates of the authorities that clients must be signed by, PEM.
    #[serde(rename = "clientCACert", skip_serializing_if = "Option::is_none")]
    pub client_ca_cert: Option<String>,
    /// What made it, such as `Console`.
    pub create_from: String,
    /// When it was made, milliseconds since the epoch.
    pub create_timestamp: i64,
    /// Whether it is the default domain.
    pub default: bool,
    /// The domain's id.
    pub domain_id: String,
    /// `Dedicated` or `Serverless`.
    pub domain_scope: String,
    /// Whether plain HTTP is redirected to HTTPS.
    pub force_https: bool,
    /// `Open`, `Close`, or `GlobalConfig` to follow the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http2_option: Option<String>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Whether clients must show a certificate.
    #[serde(rename = "mTLSEnabled")]
    pub mtls_enabled: bool,
    /// The name.
    pub name: String,
    /// The end of validity, milliseconds since the epoch.
    #[serde(rename = "notAfterTimstamp", skip_serializing_if = "Option::is_none")]
    pub not_after_timestamp: Option<i64>,
    /// The begin of validity, milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before_timestamp: Option<i64>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// Names covered, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sans: Option<String>,
    /// Counts, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics_info: Option<DomainStatistics>,
    /// Cipher suites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_cipher_suites_config: Option<TlsCipherSuitesConfig>,
    /// The highest version, up to `TLS 1.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_max: Option<String>,
    /// The lowest version, `TLS 1.0` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_min: Option<String>,
    /// When it was last changed, milliseconds since the epoch.
    #[serde(rename = "updatetimestamp")]
    pub update_timestamp: i64,
}

/// What uses a domain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DomainStatistics {
    /// By type.
    pub resource_statistics: Vec<ResourceStatistic>,
    /// All together.
    pub total_count: String,
}

/// A domain in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DomainSummary {
    /// The certificate, `<number>-<region>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_identifier: Option<String>,
    /// Certificates of the authorities that clients must be signed by, PEM.
    #[serde(rename = "clientCACert", skip_serializing_if = "Option::is_none")]
    pub client_ca_cert: Option<String>,
    /// What made it, such as `Console`.
    pub create_from: String,
    /// When it was made, milliseconds since the epoch.
    pub create_timestamp: i64,
    /// The domain's id.
    pub domain_id: String,
    /// `Dedicated` or `Serverless`.
    pub domain_scope: String,
    /// Whether plain HTTP is redirected to HTTPS.
    pub force_https: bool,
    /// Whether clients must show a certificate.
    #[serde(rename = "mTLSEnabled")]
    pub mtls_enabled: bool,
    /// The name.
    pub name: String,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// `Published`, `Publishing` or `Error`.
    pub status: String,
    /// The highest version, up to `TLS 1.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_max: Option<String>,
    /// The lowest version, `TLS 1.0` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_min: Option<String>,
    /// When it was last changed, milliseconds since the epoch.
    pub update_timestamp: i64,
}

/// A certificate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SslCert {
    /// The algorithm of the key, such as `RSA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// The number of the certificate.
    pub cert_id: i64,
    /// The certificate, `<number>-<region>`.
    pub cert_identifier: String,
    /// The certificate's name.
    pub cert_name: String,
    /// The common name.
    pub common_name: String,
    /// The domain asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Whether the certificate covers the domain asked about.
    pub domain_match_cert: bool,
    /// The fingerprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// Whether the chain is complete.
    pub is_chain_completed: bool,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Bits of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_size: Option<String>,
    /// MD5 of the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub md5: Option<String>,
    /// The end of validity, milliseconds since the epoch.
    pub not_after_timestamp: i64,
    /// The begin of validity, milliseconds since the epoch.
    pub not_before_timestamp: i64,
    /// Names covered, joined by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sans: Option<String>,
    /// The serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_no: Option<String>,
    /// SHA-256 of the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha2: Option<String>,
    /// The algorithm of the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_algorithm: Option<String>,
}

//! UpdateDomain.

use super::TlsCipherSuitesConfig;
use crate::apig::{APIG, DOMAIN, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Changes protocol, certificate or TLS settings of a domain, live.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateDomain.
    UpdateDomain {
        product: APIG,
        bind: (PUT "/v1/domains/{domainId}"),
        access: None,
        resource: (DOMAIN, domain_id),
        conditions: [],
        request: UpdateDomainRequest,
        response: UpdateDomainResponse,
        errors: [errors::DOMAIN_NOT_FOUND, errors::CERTIFICATE_NOT_FOUND],
    }
}

/// What [`UpdateDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateDomainRequest {
    /// The domain's id.
    pub domain_id: String,
    /// The certificate of the authority that clients must be signed by.
    pub ca_cert_identifier: Option<String>,
    /// The certificate, `<number>-<region>`.
    pub cert_identifier: Option<String>,
    /// Certificates of the authorities that clients must be signed by, PEM.
    #[serde(rename = "clientCACert")]
    pub client_ca_cert: Option<String>,
    /// `Dedicated` or `Serverless`.
    pub domain_scope: Option<String>,
    /// Whether plain HTTP is redirected to HTTPS.
    pub force_https: Option<bool>,
    /// `Open`, `Close`, or `GlobalConfig` to follow the gateway.
    pub http2_option: Option<String>,
    /// Whether clients must show a certificate.
    #[serde(rename = "mTLSEnabled")]
    pub mtls_enabled: Option<bool>,
    /// The protocol.
    pub protocol: Option<String>,
    /// Cipher suites.
    pub tls_cipher_suites_config: Option<TlsCipherSuitesConfig>,
    /// The highest version, up to `TLS 1.3`.
    pub tls_max: Option<String>,
    /// The lowest version, `TLS 1.0` where absent.
    pub tls_min: Option<String>,
}

impl Validate for UpdateDomainRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("domainScope", self.domain_scope.as_deref(), &["Dedicated", "Serverless"]);
        checker.one_of("http2Option", self.http2_option.as_deref(), &["GlobalConfig", "Open", "Close"]);
        checker.one_of("protocol", self.protocol.as_deref(), &["HTTP", "HTTPS"]);
        checks::tls_version(checker, "tlsMin", self.tls_min.as_deref());
        checks::tls_version(checker, "tlsMax", self.tls_max.as_deref());
    }
}

/// What [`UpdateDomain`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpdateDomainResponse {
    /// The revision that the change made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deploy_revision_id: Option<String>,
}

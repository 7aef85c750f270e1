//! CreateDomain.

use super::TlsCipherSuitesConfig;
use crate::apig::{APIG, DOMAIN, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a domain that routes can be reached under.
    ///
    /// Source: APIG API reference 2024-03-27, CreateDomain.
    CreateDomain {
        product: APIG,
        bind: (POST "/v1/domains"),
        access: Create,
        resource: (DOMAIN, *),
        conditions: [],
        request: CreateDomainRequest,
        response: CreateDomainResponse,
        errors: [errors::DOMAIN_NAME_DUPLICATE, errors::CERTIFICATE_NOT_FOUND],
        required: ["name"],
        query: ["clientToken", "dryRun"],
    }
}

/// What [`CreateDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateDomainRequest {
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
    /// Whether to check only and change nothing.
    pub dry_run: Option<bool>,
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
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// `Open`, `Close`, or `GlobalConfig` to follow the gateway.
    pub http2_option: Option<String>,
    /// Whether clients must show a certificate.
    #[serde(rename = "mTLSEnabled")]
    pub mtls_enabled: Option<bool>,
    /// The host name, 1–128 characters; `*` and `*.example.com` are allowed.
    pub name: String,
    /// `HTTP` or `HTTPS`.
    pub protocol: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Cipher suites.
    pub tls_cipher_suites_config: Option<TlsCipherSuitesConfig>,
    /// The highest version, up to `TLS 1.3`.
    pub tls_max: Option<String>,
    /// The lowest version, `TLS 1.0` where absent.
    pub tls_min: Option<String>,
}

impl Validate for CreateDomainRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("domainScope", self.domain_scope.as_deref(), &["Dedicated", "Serverless"]);
        checker.one_of("gatewayType", self.gateway_type.as_deref(), &["API", "AI"]);
        checker.one_of("http2Option", self.http2_option.as_deref(), &["GlobalConfig", "Open", "Close"]);
        checker.one_of("protocol", self.protocol.as_deref(), &["HTTP", "HTTPS"]);
        checks::client_token(checker, self.client_token.as_deref());
        checks::tls_version(checker, "tlsMin", self.tls_min.as_deref());
        checks::tls_version(checker, "tlsMax", self.tls_max.as_deref());
        checks::domain_name(checker, &self.name);
    }
}

/// What [`CreateDomain`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateDomainResponse {
    /// The domain's id.
    pub domain_id: String,
}

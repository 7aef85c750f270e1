//! AddGatewayDomain.

use super::TlsCipherSuitesConfig;
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a domain that routes can be reached under.
    ///
    /// Source: MSE API reference 2019-05-31, AddGatewayDomain.
    AddGatewayDomain {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddGatewayDomainRequest,
        response: i64,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["Name", "Protocol"],
    }
}

/// What [`AddGatewayDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddGatewayDomainRequest {
    /// The certificate of the authority that clients must be signed by.
    pub ca_cert_identifier: Option<String>,
    /// The certificate, `<number>-<region>`.
    pub cert_identifier: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// `open`, `close`, or `globalConfig` to follow the gateway.
    pub http2: Option<String>,
    /// Whether clients must show a certificate.
    pub mtls_enabled: Option<bool>,
    /// Whether plain HTTP is redirected to HTTPS.
    pub must_https: Option<bool>,
    /// The host name; `*.example.com` is allowed; unique on the gateway.
    pub name: String,
    /// `HTTP` or `HTTPS`.
    pub protocol: String,
    /// Cipher suites.
    #[serde(rename = "TlsCipherSuitesConfigJSON", alias = "TlsCipherSuitesConfig")]
    pub tls_cipher_suites_config: Option<TlsCipherSuitesConfig>,
    /// The highest version, up to `TLS 1.3`.
    pub tls_max: Option<String>,
    /// The lowest version, from `TLS 1.0`.
    pub tls_min: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for AddGatewayDomainRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("Http2", self.http2.as_deref(), &["open", "close", "globalConfig"]);
        checker.one_of("Protocol", Some(&self.protocol), &["HTTP", "HTTPS"]);
        naming::check(checker, self);
        checks::domain_name(checker, &self.name);
        checks::tls_version(checker, "TlsMin", self.tls_min.as_deref());
        checks::tls_version(checker, "TlsMax", self.tls_max.as_deref());
        if self.protocol == "HTTPS" {
            checker.needed("CertIdentifier", self.cert_identifier.as_deref().is_some_and(|c| !c.is_empty()));
        }
    }
}

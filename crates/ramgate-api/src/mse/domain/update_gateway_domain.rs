//! UpdateGatewayDomain.

use super::TlsCipherSuitesConfig;
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes protocol, certificate or TLS settings of a domain.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayDomain.
    UpdateGatewayDomain {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayDomainRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id"],
    }
}

/// What [`UpdateGatewayDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayDomainRequest {
    /// The certificate of the authority that clients must be signed by.
    pub ca_cert_identifier: Option<String>,
    /// The certificate, `<number>-<region>`.
    pub cert_identifier: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// `open`, `close`, or `globalConfig` to follow the gateway.
    pub http2: Option<String>,
    /// The number.
    pub id: i64,
    /// Whether clients must show a certificate.
    pub mtls_enabled: Option<bool>,
    /// Whether plain HTTP is redirected to HTTPS.
    pub must_https: Option<bool>,
    /// `HTTP` or `HTTPS`.
    pub protocol: Option<String>,
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

impl Validate for UpdateGatewayDomainRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("Http2", self.http2.as_deref(), &["open", "close", "globalConfig"]);
        checker.one_of("Protocol", self.protocol.as_deref(), &["HTTPS", "HTTP"]);
        naming::check(checker, self);
        checks::tls_version(checker, "TlsMin", self.tls_min.as_deref());
        checks::tls_version(checker, "TlsMax", self.tls_max.as_deref());
    }
}

//! AddSSLCert.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Gives a domain a certificate.
    ///
    /// Source: MSE API reference 2019-05-31, AddSSLCert.
    AddSSLCert {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddSSLCertRequest,
        response: bool,
        errors: [errors::NOT_FOUND],
        required: ["CertIdentifier", "DomainId"],
    }
}

/// What [`AddSSLCert`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddSSLCertRequest {
    /// The certificate, `<number>-<region>`.
    pub cert_identifier: String,
    /// The domain by number; 0 is the domain `*`.
    pub domain_id: i64,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for AddSSLCertRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

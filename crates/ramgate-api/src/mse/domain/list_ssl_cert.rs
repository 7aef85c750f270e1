//! ListSSLCert.

use super::SslCert;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists certificates that domains can use.
    ///
    /// Source: MSE API reference 2019-05-31, ListSSLCert.
    ListSSLCert {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: ListSSLCertRequest,
        response: Vec<SslCert>,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`ListSSLCert`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListSSLCertRequest {
    /// Part of the certificate's name.
    pub cert_name: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for ListSSLCertRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

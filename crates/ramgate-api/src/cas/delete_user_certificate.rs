//! DeleteUserCertificate.

use crate::cas::{CAS, CERTIFICATE, errors, targets};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a certificate that no domain uses.
    ///
    /// Source: Certificate Management Service API reference 2020-04-07, DeleteUserCertificate.
    DeleteUserCertificate {
        product: CAS,
        bind: RPC,
        access: Delete,
        resource: (ALL or (CERTIFICATE, cert_id by targets::certificate)),
        conditions: [],
        request: DeleteUserCertificateRequest,
        response: Empty,
        errors: [errors::CERTIFICATE_NOT_FOUND, errors::CERTIFICATE_IN_USE],
        required: ["CertId"],
    }
}

/// What [`DeleteUserCertificate`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteUserCertificateRequest {
    /// The id.
    pub cert_id: i64,
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
}

impl Validate for DeleteUserCertificateRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("ClientToken", self.client_token.as_deref(), 0, 64);
    }
}

//! The certificate that a request names by number.

use super::{CERTIFICATE, DeleteUserCertificateRequest, GetUserCertificateDetailRequest};
use crate::{Target, TargetId};

/// A request that names a certificate.
pub(super) trait NamesCertificate {
    fn certificate_id(&self) -> i64;
}

impl NamesCertificate for DeleteUserCertificateRequest {
    fn certificate_id(&self) -> i64 {
        self.cert_id
    }
}

impl NamesCertificate for GetUserCertificateDetailRequest {
    fn certificate_id(&self) -> i64 {
        self.cert_id
    }
}

/// The certificate.
pub(super) fn certificate<R: NamesCertificate>(request: &R) -> Vec<Target<'_>> {
    vec![Target { resource_type: Some(&CERTIFICATE), id: TargetId::Id(request.certificate_id().to_string().into()) }]
}

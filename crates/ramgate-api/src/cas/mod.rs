//! CAS 2020-04-07, the certificate service: the way in for certificates that domains refer to.
//!
//! Of its API the four operations are declared that deal with uploaded certificates.

mod delete_user_certificate;
pub mod errors;
mod get_user_certificate_detail;
mod list_user_certificate_order;
mod targets;
mod upload_user_certificate;

pub use delete_user_certificate::{DeleteUserCertificate, DeleteUserCertificateRequest};
pub use get_user_certificate_detail::{
    CertificateTag, ChainedCertificate, GetUserCertificateDetail, GetUserCertificateDetailRequest,
    GetUserCertificateDetailResponse,
};
pub use list_user_certificate_order::{
    CertificateOrder, ListUserCertificateOrder, ListUserCertificateOrderRequest, ListUserCertificateOrderResponse,
};
pub use upload_user_certificate::{
    Tag, UploadUserCertificate, UploadUserCertificateRequest, UploadUserCertificateResponse,
};

use crate::{Envelope, OpSpec, Operation, Product, ResourceType, Style, codes};

/// The product. Policies may write `yundun-cert` for its code.
pub static CAS: Product = Product {
    name: "cas",
    ram_code: "cas",
    ram_code_aliases: &["yundun-cert"],
    version: "2020-04-07",
    style: Style::Rpc,
    envelope: Envelope::Flat,
    regional: true,
    named_actions: &[],
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &codes::INVALID_PARAMETER,
};

/// A certificate. The cloud knows no resource-level permission for certificates; here a policy may name one, and a
/// policy on `*` grants as in the cloud.
pub static CERTIFICATE: ResourceType = ResourceType {
    name: "Certificate",
    published_as: "All Resource",
    kind: "certificate",
    pattern: "acs:cas:{region}:{account}:certificate/{CertId}",
    caller_when_absent: false,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    &UploadUserCertificate::SPEC,
    &GetUserCertificateDetail::SPEC,
    &ListUserCertificateOrder::SPEC,
    &DeleteUserCertificate::SPEC,
];

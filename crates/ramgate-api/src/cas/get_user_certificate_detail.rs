//! GetUserCertificateDetail.

use crate::cas::{CAS, CERTIFICATE, errors, targets};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

operation! {
    /// Returns one certificate. Its private key never leaves the server; the cloud returns it.
    ///
    /// Source: Certificate Management Service API reference 2020-04-07, GetUserCertificateDetail.
    GetUserCertificateDetail {
        product: CAS,
        bind: RPC,
        access: Get,
        resource: (ALL or (CERTIFICATE, cert_id by targets::certificate)),
        conditions: [],
        request: GetUserCertificateDetailRequest,
        response: GetUserCertificateDetailResponse,
        errors: [errors::CERTIFICATE_NOT_FOUND],
        required: ["CertId"],
    }
}

/// What [`GetUserCertificateDetail`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetUserCertificateDetailRequest {
    /// The id.
    pub cert_id: i64,
    /// Whether certificate and key are left out of the answer.
    pub cert_filter: Option<bool>,
}

impl Validate for GetUserCertificateDetailRequest {}

/// What [`GetUserCertificateDetail`] answers.
#[derive(Clone, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetUserCertificateDetailResponse {
    /// The algorithm of the key, such as `RSA`.
    pub algorithm: String,
    /// The certificate with its chain, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert: Option<String>,
    /// `<CertId>-<region>`, as domains refer to it.
    pub cert_identifier: String,
    /// The city of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The common name.
    pub common: String,
    /// The country of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The encryption certificate of a pair for Chinese algorithms, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypt_cert: Option<String>,
    /// Its key, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypt_private_key: Option<String>,
    /// The last day, `YYYY-MM-DD`.
    pub end_date: String,
    /// The fingerprint: SHA-1 in hex.
    pub fingerprint: String,
    /// The resource's id.
    pub instance_id: String,
    /// Who issued it.
    pub issuer: String,
    /// Always absent: private keys are not answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The name, 1–63 characters, unique in the account.
    pub name: String,
    /// The organisation of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_name: Option<String>,
    /// The province of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// Names covered, joined by commas.
    pub sans: String,
    /// The serial number in hex.
    pub serial_no: String,
    /// SHA-256 in hex.
    pub sha2: String,
    /// The signature certificate of a pair for Chinese algorithms, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_cert: Option<String>,
    /// Its key, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_private_key: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    pub start_date: String,
    /// SHA-256 in hex, once more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_sha2: Option<String>,
    /// Whether it was bought in the cloud; never here.
    pub buy_in_aliyun: bool,
    /// Whether it is past its end.
    pub expired: bool,
    /// The id.
    pub id: i64,
    /// The end of validity, milliseconds since the epoch.
    pub not_after: i64,
    /// The begin of validity, milliseconds since the epoch.
    pub not_before: i64,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<i64>,
    /// The chain, from the certificate to the root.
    pub cert_chain: Vec<ChainedCertificate>,
    /// Tags.
    pub tags: Vec<CertificateTag>,
}

/// Without the secret parts.
impl fmt::Debug for GetUserCertificateDetailResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetUserCertificateDetailResponse")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("cert_identifier", &self.cert_identifier)
            .finish_non_exhaustive()
    }
}

/// A certificate of the chain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ChainedCertificate {
    /// The common name.
    pub common_name: String,
    /// The common name of the issuer.
    pub issuer_common_name: String,
    /// The end of validity, milliseconds since the epoch.
    pub not_after: i64,
    /// The begin of validity, milliseconds since the epoch.
    pub not_before: i64,
    /// Days until the end.
    pub remain_day: i32,
}

/// A tag in an answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CertificateTag {
    /// The key.
    pub tag_key: String,
    /// The value.
    pub tag_value: String,
}

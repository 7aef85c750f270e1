//! UploadUserCertificate.

use crate::cas::{CAS, CERTIFICATE, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

operation! {
    /// Takes in a certificate with its chain and private key.
    ///
    /// Source: Certificate Management Service API reference 2020-04-07, UploadUserCertificate.
    UploadUserCertificate {
        product: CAS,
        bind: RPC,
        access: Create,
        resource: (ALL or (CERTIFICATE, *)),
        conditions: [],
        request: UploadUserCertificateRequest,
        response: UploadUserCertificateResponse,
        errors: [errors::NAME_REPEAT, errors::CERT_FORMAT, errors::KEY_FORMAT, errors::KEY_MISMATCH],
        required: ["Name"],
    }
}

/// What [`UploadUserCertificate`] is asked.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UploadUserCertificateRequest {
    /// The name, 1–63 characters, unique in the account.
    pub name: String,
    /// The certificate with its chain, PEM.
    pub cert: Option<String>,
    /// The private key, PEM.
    pub key: Option<String>,
    /// The encryption certificate of a pair for Chinese algorithms, PEM.
    pub encrypt_cert: Option<String>,
    /// Its key, PEM.
    pub encrypt_private_key: Option<String>,
    /// The signature certificate of a pair for Chinese algorithms, PEM.
    pub sign_cert: Option<String>,
    /// Its key, PEM.
    pub sign_private_key: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
    /// Tags.
    pub tags: Vec<Tag>,
}

/// Without the secret parts.
impl fmt::Debug for UploadUserCertificateRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadUserCertificateRequest")
            .field("name", &self.name)
            .field("resource_group_id", &self.resource_group_id)
            .field("tags", &self.tags)
            .finish_non_exhaustive()
    }
}

impl Validate for UploadUserCertificateRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("Name", Some(&self.name), 1, 63);
        checker.length("ClientToken", self.client_token.as_deref(), 0, 64);
        let pair = |certificate: &Option<String>, key: &Option<String>| certificate.is_some() && key.is_some();
        let chinese =
            pair(&self.encrypt_cert, &self.encrypt_private_key) && pair(&self.sign_cert, &self.sign_private_key);
        if !chinese {
            checker.needed("Cert", self.cert.as_deref().is_some_and(|c| !c.is_empty()));
            checker.needed("Key", self.key.as_deref().is_some_and(|k| !k.is_empty()));
        }
    }
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct Tag {
    /// 1–128 characters.
    pub key: String,
    /// Up to 128 characters; may be empty.
    pub value: String,
}

/// What [`UploadUserCertificate`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UploadUserCertificateResponse {
    /// The id.
    pub cert_id: i64,
    /// The resource's id.
    pub resource_id: String,
}

//! Certificates, as the certificate service keeps them.

use crate::{CertificateId, Resource, Timestamp};
use serde::{Deserialize, Serialize};

/// An uploaded certificate with its private key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The id; written `<id>-<region>` where the gateway APIs name a certificate.
    pub id: CertificateId,
    /// Unique in the account.
    pub name: String,
    /// The chain in PEM, leaf first.
    pub chain_pem: String,
    /// The private key in PEM, sealed.
    pub sealed_key: String,
    /// What the leaf says.
    pub facts: CertificateFacts,
    /// When it was uploaded.
    pub created_at: Timestamp,
}

/// What a certificate says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFacts {
    /// Common name of the subject; may be empty.
    pub common_name: String,
    /// Subject alternative names: DNS names and IP addresses.
    pub subject_alternative_names: Vec<String>,
    /// Common name, or else organisation, of the issuer.
    pub issuer: String,
    /// Key algorithm, such as `RSA` or `ECDSA`.
    pub algorithm: String,
    /// Serial number in hexadecimal.
    pub serial_number: String,
    /// SHA-256 of the leaf in hexadecimal.
    pub sha256_fingerprint: String,
    /// Start of validity.
    pub not_before: Timestamp,
    /// End of validity.
    pub not_after: Timestamp,
}

impl Resource for Certificate {
    const KIND: &'static str = "certificate";

    fn id(&self) -> String {
        self.id.to_string()
    }
}

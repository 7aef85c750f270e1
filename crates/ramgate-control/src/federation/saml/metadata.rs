//! The metadata of an identity provider: who it is, and which certificates it signs with.
//!
//! Source: Metadata for the OASIS Security Assertion Markup Language (SAML) V2.0, section 2.4.

use super::{DSIG, METADATA, decode, xml};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bergshamra_keys::{Key, loader};

/// Most certificates that count. Source: RAM documentation, "Limits".
const MAX_CERTIFICATES: usize = 2;

/// What metadata says that matters here.
pub(crate) struct Metadata {
    /// The provider's own name.
    pub(crate) entity_id: String,
    /// The public keys of its signing certificates. The certificates are trusted for being in the metadata, so neither
    /// their issuers nor their times count.
    pub(super) keys: Vec<Key>,
}

/// Why metadata is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MetadataError {
    #[error("it is not Base64 of text")]
    Encoding,
    #[error("it is not XML without a document type: {0}")]
    Xml(String),
    #[error("it is not an `EntityDescriptor` with an `entityID`")]
    Entity,
    #[error("it must hold one `IDPSSODescriptor`")]
    NotAProvider,
    #[error("it must hold one or two signing certificates")]
    Certificates,
    #[error("a signing certificate cannot be read")]
    Certificate,
}

impl Metadata {
    /// Reads metadata, Base64.
    ///
    /// # Errors
    /// Where it is not the metadata of an identity provider.
    pub(crate) fn read(encoded: &str) -> Result<Self, MetadataError> {
        let text = decode(encoded).ok_or(MetadataError::Encoding)?;
        let document = xml::parse_commented(&text).map_err(MetadataError::Xml)?;
        let entity = document.document_element().ok_or(MetadataError::Entity)?;
        let entity_id = xml::attribute(&document, entity, "entityID").unwrap_or_default().to_owned();
        if !xml::is(&document, entity, METADATA, "EntityDescriptor") || entity_id.is_empty() {
            return Err(MetadataError::Entity);
        }
        let provider = xml::only(&document, entity, METADATA, "IDPSSODescriptor").ok_or(MetadataError::NotAProvider)?;
        let mut keys = Vec::new();
        for descriptor in xml::children(&document, provider, METADATA, "KeyDescriptor") {
            // Without a use it is for signing as well.
            if !matches!(xml::attribute(&document, descriptor, "use"), None | Some("signing")) {
                continue;
            }
            for info in xml::children(&document, descriptor, DSIG, "KeyInfo") {
                for data in xml::children(&document, info, DSIG, "X509Data") {
                    for certificate in xml::children(&document, data, DSIG, "X509Certificate") {
                        let text = xml::text(&document, certificate).ok_or(MetadataError::Certificate)?;
                        keys.push(key(&text).ok_or(MetadataError::Certificate)?);
                    }
                }
            }
        }
        if !(1..=MAX_CERTIFICATES).contains(&keys.len()) {
            return Err(MetadataError::Certificates);
        }
        Ok(Self { entity_id, keys })
    }
}

/// The public key of a certificate in Base64.
fn key(text: &str) -> Option<Key> {
    let plain: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    loader::load_x509_cert_der(&STANDARD.decode(plain).ok()?).ok()
}

//! What answers tell of a certificate beyond the facts that are kept: read from its PEM when asked.

use ramgate_api::cas::ChainedCertificate;
use ramgate_model::Timestamp;
use ring::digest;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// Milliseconds of a day.
pub(super) const DAY: i64 = 24 * 60 * 60 * 1000;

/// The subject of the leaf, its fingerprint, and the chain.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Details {
    pub(super) city: Option<String>,
    pub(super) country: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) province: Option<String>,
    /// SHA-1 of the leaf in hexadecimal.
    pub(super) sha1: String,
    /// From the leaf on.
    pub(super) chain: Vec<ChainedCertificate>,
}

/// Reads them. The PEM was checked when it came in; what cannot be read all the same is left out.
pub(super) fn read(chain_pem: &str, now: Timestamp) -> Details {
    let chain: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(chain_pem.as_bytes()).flatten().collect();
    let parsed: Vec<X509Certificate<'_>> =
        chain.iter().filter_map(|der| X509Certificate::from_der(der).ok()).map(|(_, parsed)| parsed).collect();
    let mut details = Details { chain: parsed.iter().map(|one| chained(one, now)).collect(), ..Details::default() };
    if let Some(leaf) = chain.first() {
        let sha1 = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, leaf);
        details.sha1 = sha1.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    }
    if let Some(subject) = parsed.first().map(|leaf| leaf.subject()) {
        details.city = text(subject.iter_locality());
        details.country = text(subject.iter_country());
        details.organisation = text(subject.iter_organization());
        details.province = text(subject.iter_state_or_province());
    }
    details
}

fn text<'a>(mut values: impl Iterator<Item = &'a AttributeTypeAndValue<'a>>) -> Option<String> {
    values.next().and_then(|value| value.as_str().ok()).map(str::to_owned)
}

fn chained(certificate: &X509Certificate<'_>, now: Timestamp) -> ChainedCertificate {
    let name = |name: &X509Name<'_>| text(name.iter_common_name()).unwrap_or_default();
    let not_after = certificate.validity().not_after.timestamp() * 1000;
    ChainedCertificate {
        common_name: name(certificate.subject()),
        issuer_common_name: name(certificate.issuer()),
        not_after,
        not_before: certificate.validity().not_before.timestamp() * 1000,
        remain_day: i32::try_from((not_after - now).div_euclid(DAY).max(0)).unwrap_or(i32::MAX),
    }
}

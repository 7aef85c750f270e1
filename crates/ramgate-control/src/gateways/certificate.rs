//! Certificates: checked when they come in, so that what a domain shows is known to work.

use super::{Kind, Refusal};
use crate::clock::iso8601;
use crate::node::Cx;
use crate::secrets;
use crate::state::{AccountState, Row};
use ramgate_model::{Certificate, CertificateFacts, CertificateId, Domain, Resource, Service};
use ring::digest;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::cmp::Reverse;
use std::sync::Arc;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// The certificate with this id.
pub(crate) fn find(account: &AccountState, id: CertificateId) -> Result<&Arc<Row<Certificate>>, Refusal> {
    account.get::<Certificate>(&id.to_string()).ok_or_else(|| Refusal::not_found(Kind::Certificate, id.to_string()))
}

/// All certificates, newest first.
pub(crate) fn all(account: &AccountState) -> Vec<Arc<Row<Certificate>>> {
    let mut all: Vec<_> = account.table::<Certificate>().iter().cloned().collect();
    all.sort_by_key(|row| Reverse((row.created_at, row.id)));
    all
}

/// The name of a certificate in the gateway APIs: `<id>-<region>`.
pub(crate) fn identifier(cx: &Cx, id: CertificateId) -> String {
    format!("{id}-{}", cx.region())
}

/// Reads `<id>-<region>` or a bare id.
pub(crate) fn read_identifier(field: &str, text: &str) -> Result<CertificateId, Refusal> {
    let number = text.split_once('-').map_or(text, |(number, _)| number);
    let id = number.parse().ok().filter(|id: &i64| *id > 0).map(CertificateId);
    id.ok_or_else(|| Refusal::invalid(field, format!("is `{text}`; it must be of the form `<CertId>-<region>`")))
}

/// Stores a certificate with its key. The key must belong to the leaf.
pub(crate) async fn upload(cx: &Cx, name: &str, chain_pem: &str, key_pem: &str) -> Result<Certificate, Refusal> {
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    if !(1..=64).contains(&name.chars().count()) || !name.chars().all(legal) {
        return Err(Refusal::invalid("Name", "must have 1 to 64 letters, digits, blanks, `-`, `_` or `.`"));
    }
    let chain = read_chain("Cert", chain_pem)?;
    chain.iter().try_for_each(|der| parse("Cert", der).map(|_| ()))?;
    let facts = facts(&chain[0])?;
    check_key(&chain, key_pem)?;
    let id = CertificateId(cx.number("certificate").await?);
    let mut certificate = Certificate {
        id,
        name: name.to_owned(),
        chain_pem: chain_pem.to_owned(),
        sealed_key: String::new(),
        facts,
        created_at: cx.now(),
    };
    let place = certificate.key(cx.account_id());
    certificate.sealed_key = secrets::seal(cx.sealer(), &place, secrets::CERTIFICATE_FIELD, key_pem)?;
    cx.change(|tx| {
        if tx.account().named::<Certificate>("account", name).is_some() {
            return Err(Refusal::Duplicate { kind: Kind::Certificate, name: name.to_owned() });
        }
        let taken = || ramgate_api::codes::CONCURRENT_CHANGE.error();
        tx.claim::<Certificate>("account", name, &id.to_string(), taken)?;
        tx.create(&certificate)?;
        Ok(certificate.clone())
    })
    .await
}

/// Deletes a certificate that nothing shows.
pub(crate) async fn delete(cx: &Cx, id: CertificateId) -> Result<(), Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let entry = format!("certificate/{id}");
        let domain = tx.account().table::<Domain>().indexed(&entry).next().map(|d| format!("the domain `{}`", d.name));
        let service =
            tx.account().table::<Service>().indexed(&entry).next().map(|s| format!("the service `{}`", s.name));
        if let Some(by) = domain.or(service) {
            return Err(Refusal::InUse { kind: Kind::Certificate, id: id.to_string(), by });
        }
        tx.unchanged::<Domain>()?;
        tx.unchanged::<Service>()?;
        tx.release::<Certificate>("account", &row.name)?;
        Ok(tx.delete(&row)?)
    })
    .await
}

/// Checks authorities for client certificates.
pub(crate) fn check_authorities(field: &str, pem: &str) -> Result<(), Refusal> {
    let chain = read_chain(field, pem)?;
    chain.iter().try_for_each(|der| parse(field, der).map(|_| ()))
}

fn read_chain(field: &str, pem: &str) -> Result<Vec<CertificateDer<'static>>, Refusal> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let chain = chain.map_err(|error| Refusal::invalid(field, format!("is not PEM: {error:?}")))?;
    if chain.is_empty() {
        return Err(Refusal::invalid(field, "must hold at least one certificate in PEM"));
    }
    Ok(chain)
}

/// The key must be one that TLS can use, and the one in the certificate.
fn check_key(chain: &[CertificateDer<'static>], key_pem: &str) -> Result<(), Refusal> {
    // The reason could quote the key, so it is not repeated.
    let unreadable =
        || Refusal::invalid("Key", "must hold one private key in PEM (PKCS#8, PKCS#1 or SEC1), not encrypted");
    let key = PrivateKeyDer::from_pem_slice(key_pem.as_bytes()).map_err(|_| unreadable())?;
    let provider = rustls::crypto::ring::default_provider();
    let key = provider.key_provider.load_private_key(key).map_err(|_| unreadable())?;
    match rustls::sign::CertifiedKey::new(chain.to_vec(), key).keys_match() {
        Ok(()) => Ok(()),
        Err(_) => Err(Refusal::KeyMismatch),
    }
}

fn parse<'a>(field: &str, der: &'a CertificateDer<'_>) -> Result<X509Certificate<'a>, Refusal> {
    let parsed = X509Certificate::from_der(der).map(|(_, certificate)| certificate);
    parsed.map_err(|error| Refusal::invalid(field, format!("is not a certificate: {error}")))
}

fn facts(leaf: &CertificateDer<'_>) -> Result<CertificateFacts, Refusal> {
    let parsed = parse("Cert", leaf)?;
    let first = |name: &x509_parser::x509::X509Name<'_>| {
        let common = name.iter_common_name().next().and_then(|a| a.as_str().ok()).map(str::to_owned);
        common.or_else(|| name.iter_organization().next().and_then(|a| a.as_str().ok()).map(str::to_owned))
    };
    let names = parsed.subject_alternative_name().ok().flatten().map(|extension| &extension.value.general_names);
    let alternative = names.into_iter().flatten().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match *bytes {
            [a, b, c, d] => Some(std::net::Ipv4Addr::new(*a, *b, *c, *d).to_string()),
            bytes => <[u8; 16]>::try_from(bytes).ok().map(|b| std::net::Ipv6Addr::from(b).to_string()),
        },
        _ => None,
    });
    let algorithm = match parsed.public_key().parsed() {
        Ok(x509_parser::public_key::PublicKey::RSA(_)) => "RSA",
        Ok(x509_parser::public_key::PublicKey::EC(_)) => "ECDSA",
        _ => "Ed25519",
    };
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    Ok(CertificateFacts {
        common_name: parsed.subject().iter_common_name().next().and_then(|a| a.as_str().ok()).unwrap_or("").to_owned(),
        subject_alternative_names: alternative.collect(),
        issuer: first(parsed.issuer()).unwrap_or_default(),
        algorithm: algorithm.to_owned(),
        serial_number: hex(parsed.raw_serial()),
        sha256_fingerprint: hex(digest::digest(&digest::SHA256, leaf).as_ref()),
        not_before: parsed.validity().not_before.timestamp() * 1000,
        not_after: parsed.validity().not_after.timestamp() * 1000,
    })
}

/// Days as the certificate service writes them: `2026-01-02`.
pub(crate) fn day(at: ramgate_model::Timestamp) -> String {
    iso8601(at).chars().take(10).collect()
}

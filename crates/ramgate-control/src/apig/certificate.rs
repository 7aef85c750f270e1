//! Certificates that domains can show.

use crate::dispatch::Authorized;
use crate::gateways::{certificate, page};
use crate::node::Cx;
use ramgate_api::ApiError;
use ramgate_api::apig as api;
use ramgate_model::Certificate;

pub(super) async fn list(cx: Cx, call: Authorized<api::ListSslCerts>) -> Result<api::ListSslCertsResponse, ApiError> {
    let request = call.request;
    let mut found = certificate::all(&cx.account());
    found.retain(|c| request.cert_name_like.as_deref().is_none_or(|name| c.name.contains(name)));
    let domain = request.domain_name.as_deref().filter(|d| !d.is_empty());
    let page = page(found, request.page_number, request.page_size, 100);
    Ok(api::ListSslCertsResponse {
        items: page.items.iter().map(|row| shown(&cx, row, domain)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

/// Whether a certificate is good for a host name: one of its names is the same, or a wildcard for one label of it.
fn covers(certificate: &Certificate, host: &str) -> bool {
    let facts = &certificate.facts;
    facts.subject_alternative_names.iter().chain([&facts.common_name]).any(|name| {
        name.eq_ignore_ascii_case(host)
            || match (name.strip_prefix("*."), host.split_once('.')) {
                (Some(rest), Some((label, parent))) => !label.is_empty() && rest.eq_ignore_ascii_case(parent),
                _ => false,
            }
    })
}

fn shown(cx: &Cx, certificate: &Certificate, domain: Option<&str>) -> api::SslCert {
    let facts = &certificate.facts;
    api::SslCert {
        algorithm: Some(facts.algorithm.clone()),
        cert_id: certificate.id.0,
        cert_identifier: certificate::identifier(cx, certificate.id),
        cert_name: certificate.name.clone(),
        common_name: facts.common_name.clone(),
        domain: Some(facts.common_name.clone()),
        domain_match_cert: domain.is_some_and(|host| covers(certificate, host)),
        fingerprint: Some(facts.sha256_fingerprint.clone()),
        is_chain_completed: certificate.chain_pem.matches("BEGIN CERTIFICATE").count() > 1,
        issuer: Some(facts.issuer.clone()),
        not_after_timestamp: facts.not_after,
        not_before_timestamp: facts.not_before,
        sans: Some(facts.subject_alternative_names.join(",")),
        serial_no: Some(facts.serial_number.clone()),
        sha2: Some(facts.sha256_fingerprint.clone()),
        ..api::SslCert::default()
    }
}

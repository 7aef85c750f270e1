//! Certificates.

use super::cas;
use super::chain::{self, DAY};
use crate::dispatch::Authorized;
use crate::gateways::{certificate, page};
use crate::idempotency;
use crate::node::Cx;
use ramgate_api::cas as api;
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{Certificate, CertificateId};

/// A certificate that ends within this many days will soon have to be replaced.
const SOON_DAYS: i64 = 30;
/// Items of a page where the request does not say.
const PAGE_SIZE: i32 = 50;

pub(super) async fn upload(
    cx: Cx,
    call: Authorized<api::UploadUserCertificate>,
) -> Result<api::UploadUserCertificateResponse, ApiError> {
    let request = call.request;
    refuse_unbuilt(&request)?;
    // Present, as was validated; the pair of Chinese algorithms is refused above.
    let (cert, key) = (request.cert.unwrap_or_default(), request.key.unwrap_or_default());
    let token = request.client_token.as_deref();
    let id = idempotency::once(&cx, &call.caller, "UploadUserCertificate", token, || async {
        Ok(certificate::upload(&cx, &request.name, &cert, &key).await.map_err(cas)?.id)
    });
    let id = id.await?;
    Ok(api::UploadUserCertificateResponse { cert_id: id.0, resource_id: resource_id(id) })
}

/// One certificate, without its private key; see the module's documentation.
pub(super) async fn get(
    cx: Cx,
    call: Authorized<api::GetUserCertificateDetail>,
) -> Result<api::GetUserCertificateDetailResponse, ApiError> {
    let account = cx.account();
    let row = certificate::find(&account, CertificateId(call.request.cert_id)).map_err(cas)?;
    let facts = &row.facts;
    let details = chain::read(&row.chain_pem, cx.now());
    let with_content = call.request.cert_filter != Some(true);
    Ok(api::GetUserCertificateDetailResponse {
        algorithm: facts.algorithm.clone(),
        cert: with_content.then(|| row.chain_pem.clone()),
        cert_identifier: certificate::identifier(&cx, row.id),
        city: details.city,
        common: facts.common_name.clone(),
        country: details.country,
        end_date: certificate::day(facts.not_after),
        fingerprint: details.sha1,
        instance_id: resource_id(row.id),
        issuer: facts.issuer.clone(),
        key: None,
        name: row.name.clone(),
        org_name: details.organisation,
        province: details.province,
        sans: facts.subject_alternative_names.join(","),
        serial_no: facts.serial_number.clone(),
        sha2: facts.sha256_fingerprint.clone(),
        start_date: certificate::day(facts.not_before),
        cert_sha2: Some(facts.sha256_fingerprint.clone()),
        buy_in_aliyun: false,
        expired: is_expired(&row.value, cx.now()),
        id: row.id.0,
        not_after: facts.not_after,
        not_before: facts.not_before,
        cert_chain: details.chain,
        ..api::GetUserCertificateDetailResponse::default()
    })
}

/// Certificates (`CERT`, `UPLOAD`), newest first; expired ones only where asked for. There are no orders (`CPACK`, the
/// default, and `BUY`).
pub(super) async fn list(
    cx: Cx,
    call: Authorized<api::ListUserCertificateOrder>,
) -> Result<api::ListUserCertificateOrderResponse, ApiError> {
    let request = call.request;
    let certificates = matches!(request.order_type.as_deref(), Some("CERT" | "UPLOAD"));
    let group = request.resource_group_id.as_deref().is_some_and(|id| !id.is_empty());
    let mut found = certificate::all(&cx.account());
    found.retain(|row| {
        certificates
            && !group
            && has_status(row, request.status.as_deref().unwrap_or_default(), cx.now())
            && request.keyword.as_deref().is_none_or(|keyword| mentions(row, keyword))
    });
    let number = |n: Option<i64>| n.map(|n| i32::try_from(n).unwrap_or(i32::MAX));
    let size = number(request.show_size).or(Some(PAGE_SIZE));
    let page = page(found, number(request.current_page), size, 1000);
    Ok(api::ListUserCertificateOrderResponse {
        certificate_order_list: page.items.iter().map(|row| order(row, cx.now())).collect(),
        current_page: page.page_number.into(),
        show_size: page.page_size.into(),
        total_count: page.total.into(),
    })
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteUserCertificate>) -> Result<Empty, ApiError> {
    let request = call.request;
    let token = request.client_token.as_deref();
    idempotency::once(&cx, &call.caller, "DeleteUserCertificate", token, || async {
        certificate::delete(&cx, CertificateId(request.cert_id)).await.map_err(cas)
    })
    .await?;
    Ok(Empty)
}

/// What is not built is refused, not stored in silence.
fn refuse_unbuilt(request: &api::UploadUserCertificateRequest) -> Result<(), ApiError> {
    let given = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.is_empty());
    let chinese = [&request.encrypt_cert, &request.encrypt_private_key, &request.sign_cert, &request.sign_private_key];
    let what = if chinese.into_iter().any(given) {
        "Pairs of certificates for Chinese algorithms (`EncryptCert`, `SignCert`)"
    } else if !request.tags.is_empty() {
        "Tags on certificates (`Tags`)"
    } else if given(&request.resource_group_id) {
        "Resource groups of certificates (`ResourceGroupId`)"
    } else {
        return Ok(());
    };
    Err(codes::NOT_YET_BUILT.with(format!("{what} are not built yet; nothing was changed.")))
}

/// The id under which the cloud's console and bills would name it.
fn resource_id(id: CertificateId) -> String {
    format!("cas-upload-{id}")
}

fn is_expired(certificate: &Certificate, now: i64) -> bool {
    certificate.facts.not_after < now
}

/// Whether a certificate is in a state. Without one named, those that are still valid.
fn has_status(certificate: &Certificate, status: &str, now: i64) -> bool {
    let expired = is_expired(certificate, now);
    let soon = !expired && certificate.facts.not_after < now + SOON_DAYS * DAY;
    match status {
        "" => !expired,
        "ISSUED" => !expired && !soon,
        "WILLEXPIRED" => soon,
        "EXPIRED" => expired,
        // States of orders.
        _ => false,
    }
}

fn status(certificate: &Certificate, now: i64) -> &'static str {
    let states = ["EXPIRED", "WILLEXPIRED"];
    states.into_iter().find(|state| has_status(certificate, state, now)).unwrap_or("ISSUED")
}

/// Whether name, host names or resource id hold the keyword.
fn mentions(certificate: &Certificate, keyword: &str) -> bool {
    let keyword = keyword.to_ascii_lowercase();
    let facts = &certificate.facts;
    let own = [certificate.name.to_ascii_lowercase(), resource_id(certificate.id)];
    let hosts = facts.subject_alternative_names.iter().chain([&facts.common_name]);
    own.into_iter().chain(hosts.map(|host| host.to_ascii_lowercase())).any(|text| text.contains(&keyword))
}

fn order(certificate: &Certificate, now: i64) -> api::CertificateOrder {
    let facts = &certificate.facts;
    let details = chain::read(&certificate.chain_pem, now);
    api::CertificateOrder {
        name: certificate.name.clone(),
        city: details.city,
        common_name: facts.common_name.clone(),
        country: details.country,
        end_date: certificate::day(facts.not_after),
        fingerprint: Some(details.sha1),
        instance_id: resource_id(certificate.id),
        issuer: facts.issuer.clone(),
        org_name: details.organisation,
        province: details.province,
        sans: facts.subject_alternative_names.join(","),
        serial_no: Some(facts.serial_number.clone()),
        sha2: Some(facts.sha256_fingerprint.clone()),
        start_date: certificate::day(facts.not_before),
        algorithm: Some(facts.algorithm.clone()),
        domain: Some(facts.subject_alternative_names.join(",")),
        source_type: Some("upload".to_owned()),
        status: Some(status(certificate, now).to_owned()),
        certificate_id: Some(certificate.id.0),
        expired: is_expired(certificate, now),
        upload: true,
        cert_start_time: Some(facts.not_before),
        cert_end_time: Some(facts.not_after),
        ..api::CertificateOrder::default()
    }
}

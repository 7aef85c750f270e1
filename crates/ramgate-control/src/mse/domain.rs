//! Domains of a gateway, and the certificates that they can show.
//!
//! Number 0 is the default domain `*`: every gateway has it, it is not stored and cannot be changed. Domains of the account
//! are shown where routes of the gateway name them, and changed through APIG only.

use super::{illegal, mse, not_built, target, times};
use crate::dispatch::Authorized;
use crate::gateways::{Kind, Refusal, certificate, domain};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use ramgate_api::ApiError;
use ramgate_api::mse as api;
use ramgate_model::{Certificate, Domain, DomainProtocol, Gateway, Http2Option, TlsVersion};
use std::sync::Arc;

/// The status of a domain that acts.
const PUBLISHED: i32 = 3;
/// The name of the default domain.
const DEFAULT: &str = "*";

pub(super) async fn add(cx: Cx, call: Authorized<api::AddGatewayDomain>) -> Result<i64, ApiError> {
    let request = call.request;
    refuse_unbuilt(&request)?;
    let account = cx.account();
    let gateway = target::live(&account, &request).map_err(mse)?;
    let name = domain::read_name(&request.name).map_err(mse)?;
    if name == DEFAULT {
        return Err(mse(Refusal::Duplicate { kind: Kind::Domain, name }));
    }
    let protocol = if request.protocol == "HTTPS" { DomainProtocol::Https } else { DomainProtocol::Http };
    if protocol == DomainProtocol::Http && request.must_https == Some(true) {
        return Err(mse(Refusal::invalid("MustHttps", "needs the protocol HTTPS")));
    }
    let version = |field: &str, text: &Option<String>, default: TlsVersion| {
        let Some(text) = text.as_deref().filter(|t| !t.is_empty()) else { return Ok(default) };
        let expected = "must be `TLS 1.0`, `TLS 1.1`, `TLS 1.2` or `TLS 1.3`";
        TlsVersion::parse(text).ok_or_else(|| mse(Refusal::invalid(field, expected)))
    };
    let given = request.cert_identifier.as_deref().filter(|id| !id.is_empty());
    let certificate_id = given.map(|id| certificate::read_identifier("CertIdentifier", id)).transpose().map_err(mse)?;
    let made = Domain {
        id: cx.ids().domain(),
        number: cx.number("mse").await?,
        gateway_id: Some(gateway.id.clone()),
        name,
        protocol,
        force_https: request.must_https.unwrap_or(false),
        http2: match request.http2.as_deref() {
            Some("open") => Http2Option::Open,
            Some("close") => Http2Option::Close,
            _ => Http2Option::Global,
        },
        tls_min: version("TlsMin", &request.tls_min, TlsVersion::V10)?,
        tls_max: version("TlsMax", &request.tls_max, TlsVersion::V13)?,
        certificate_id,
        client_ca_pem: String::new(),
        extra: serde_json::Map::new(),
        resource_group_id: String::new(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    Ok(domain::create(&cx, made).await.map_err(mse)?.number)
}

pub(super) async fn list(
    cx: Cx,
    call: Authorized<api::ListGatewayDomain>,
) -> Result<Vec<api::DomainSummary>, ApiError> {
    let request = call.request;
    let account = cx.account();
    let gateway = target::named(&account, &request).map_err(mse)?;
    let mut found = vec![default_domain(gateway)];
    let stored = domain::of_gateway(&account, gateway.id.as_str()).into_iter().chain(of_account(&account, gateway));
    found.extend(stored.map(|domain| summary(&cx, &account, gateway, &domain)));
    let part = request.domain_name.unwrap_or_default().to_ascii_lowercase();
    let kind = request.kind.filter(|kind| !kind.is_empty());
    found.retain(|domain| domain.name.contains(&part) && kind.as_ref().is_none_or(|kind| domain.kind == *kind));
    Ok(found)
}

pub(super) async fn detail(
    cx: Cx,
    call: Authorized<api::GetGatewayDomainDetail>,
) -> Result<api::DomainDetail, ApiError> {
    let account = cx.account();
    let gateway = target::named(&account, &call.request).map_err(mse)?;
    if call.request.id == 0 {
        return Ok(of_summary(default_domain(gateway), gateway));
    }
    Ok(shown_in_detail(&cx, &account, gateway, find(&account, gateway, call.request.id)?))
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteGatewayDomain>) -> Result<api::DeletedDomain, ApiError> {
    let account = cx.account();
    let gateway = target::live(&account, &call.request).map_err(mse)?;
    let found = own(&account, gateway, call.request.id)?;
    let gone = domain::delete(&cx, found.id.as_str()).await.map_err(mse)?;
    Ok(api::DeletedDomain {
        cert_identifier: gone.certificate_id.map(|id| certificate::identifier(&cx, id)),
        gateway_id: gateway.number,
        gateway_unique_id: gateway.id.to_string(),
        gmt_create: times::zoned(gone.created_at),
        gmt_modified: times::zoned(gone.updated_at),
        id: gone.number,
        must_https: gone.force_https,
        protocol: protocol(&gone).to_owned(),
        name: gone.name,
    })
}

/// Gives a domain a certificate, in the place of the one that it may have. It serves HTTPS from then on.
pub(super) async fn add_certificate(cx: Cx, call: Authorized<api::AddSSLCert>) -> Result<bool, ApiError> {
    let request = call.request;
    let account = cx.account();
    let gateway = target::live(&account, &request).map_err(mse)?;
    let found = own(&account, gateway, request.domain_id)?;
    let id = certificate::read_identifier("CertIdentifier", &request.cert_identifier).map_err(mse)?;
    let changed = domain::update(&cx, found.id.as_str(), |domain| {
        domain.certificate_id = Some(id);
        domain.protocol = DomainProtocol::Https;
        Ok(())
    });
    changed.await.map_err(mse)?;
    Ok(true)
}

/// Certificates of the account: any domain may show any of them.
pub(super) async fn list_certificates(
    cx: Cx,
    call: Authorized<api::ListSSLCert>,
) -> Result<Vec<api::SslCert>, ApiError> {
    let request = call.request;
    let account = cx.account();
    target::named(&account, &request).map_err(mse)?;
    let mut found = certificate::all(&account);
    found.retain(|c| request.cert_name.as_deref().is_none_or(|name| c.name.contains(name)));
    let shown = |certificate: &Certificate| {
        let facts = &certificate.facts;
        api::SslCert {
            after_date: Some(facts.not_after.to_string()),
            algorithm: Some(facts.algorithm.clone()),
            before_date: Some(facts.not_before.to_string()),
            cert_identifier: certificate::identifier(&cx, certificate.id),
            cert_name: certificate.name.clone(),
            common_name: facts.common_name.clone(),
            gmt_after: Some(times::zoned(facts.not_after)),
            gmt_before: Some(times::zoned(facts.not_before)),
            issuer: Some(facts.issuer.clone()),
            sans: Some(facts.subject_alternative_names.join(",")),
        }
    };
    Ok(found.iter().map(|certificate| shown(certificate)).collect())
}

/// What would have to act on traffic and does not yet is refused, not stored in silence.
fn refuse_unbuilt(request: &api::AddGatewayDomainRequest) -> Result<(), ApiError> {
    let authority = request.ca_cert_identifier.as_deref().is_some_and(|id| !id.is_empty());
    if request.mtls_enabled == Some(true) || authority {
        return Err(not_built("Asking clients for certificates (`MtlsEnabled`, `CaCertIdentifier`) through this API"));
    }
    let ciphers = request.tls_cipher_suites_config.as_ref();
    let own_choice = ciphers.is_some_and(|config| {
        let kind = config.config_type.as_deref().unwrap_or_default();
        !matches!(kind, "" | "Default") || !config.tls_cipher_suites.is_empty()
    });
    if own_choice {
        return Err(not_built("A choice of cipher suites (`TlsCipherSuitesConfigJSON`)"));
    }
    Ok(())
}

/// Domains of the account that routes of the gateway name, oldest first.
fn of_account(account: &AccountState, gateway: &Gateway) -> Vec<Arc<Row<Domain>>> {
    let mut found = domain::of_account(account);
    found.retain(|domain| domain::is_named_on(account, domain.id.as_str(), gateway.id.as_str()));
    found.reverse();
    found
}

/// A domain that is shown on this gateway.
fn find(account: &AccountState, gateway: &Gateway, number: i64) -> Result<Arc<Row<Domain>>, ApiError> {
    let own = domain::by_number(account, gateway.id.as_str(), number).cloned();
    let found = own.or_else(|| of_account(account, gateway).into_iter().find(|domain| domain.number == number));
    found.ok_or_else(|| mse(Refusal::not_found(Kind::Domain, number.to_string())))
}

/// A domain of this gateway, to be changed: permission on the gateway does not reach domains of the account.
fn own(account: &AccountState, gateway: &Gateway, number: i64) -> Result<Arc<Row<Domain>>, ApiError> {
    if number == 0 {
        return Err(illegal("The default domain `*` belongs to every gateway and cannot be changed."));
    }
    let found = find(account, gateway, number)?;
    match &found.gateway_id {
        Some(_) => Ok(found),
        None => {
            Err(illegal(format!("The domain `{}` belongs to the account and is changed through APIG.", found.name)))
        }
    }
}

fn protocol(domain: &Domain) -> &'static str {
    match domain.protocol {
        DomainProtocol::Http => "HTTP",
        DomainProtocol::Https => "HTTPS",
    }
}

/// Number 0.
fn default_domain(gateway: &Gateway) -> api::DomainSummary {
    api::DomainSummary {
        gateway_id: gateway.number,
        gmt_create: times::zoned(gateway.created_at),
        gmt_modified: times::zoned(gateway.created_at),
        id: 0,
        name: DEFAULT.to_owned(),
        protocol: "HTTP".to_owned(),
        status: PUBLISHED,
        kind: "Op".to_owned(),
        ..api::DomainSummary::default()
    }
}

fn summary(cx: &Cx, account: &AccountState, gateway: &Gateway, domain: &Domain) -> api::DomainSummary {
    let certificate = domain.certificate_id.and_then(|id| account.get::<Certificate>(&id.to_string()));
    let http2 = match domain.http2 {
        Http2Option::Open => "open",
        Http2Option::Close => "close",
        Http2Option::Global => "globalConfig",
    };
    api::DomainSummary {
        cert_before_date: certificate.map(|c| times::zoned(c.facts.not_after)),
        cert_identifier: domain.certificate_id.map(|id| certificate::identifier(cx, id)),
        comment: None,
        gateway_id: gateway.number,
        gmt_create: times::zoned(domain.created_at),
        gmt_modified: times::zoned(domain.updated_at),
        http2: Some(http2.to_owned()),
        id: domain.number,
        is_managed: domain.gateway_id.is_none(),
        must_https: domain.force_https,
        name: domain.name.clone(),
        protocol: protocol(domain).to_owned(),
        status: PUBLISHED,
        tls_cipher_suites_config: None,
        tls_max: Some(domain.tls_max.as_str().to_owned()),
        tls_min: Some(domain.tls_min.as_str().to_owned()),
        kind: "Op".to_owned(),
    }
}

fn of_summary(shown: api::DomainSummary, gateway: &Gateway) -> api::DomainDetail {
    api::DomainDetail {
        cert_identifier: shown.cert_identifier,
        gateway_id: shown.gateway_id,
        gateway_unique_id: gateway.id.to_string(),
        gmt_create: shown.gmt_create,
        gmt_modified: shown.gmt_modified,
        http2: shown.http2,
        id: shown.id,
        is_managed: shown.is_managed,
        must_https: shown.must_https,
        name: shown.name,
        protocol: shown.protocol,
        tls_max: shown.tls_max,
        tls_min: shown.tls_min,
        ..api::DomainDetail::default()
    }
}

fn shown_in_detail(cx: &Cx, account: &AccountState, gateway: &Gateway, domain: Arc<Row<Domain>>) -> api::DomainDetail {
    let certificate = domain.certificate_id.and_then(|id| account.get::<Certificate>(&id.to_string()));
    let facts = certificate.map(|c| &c.facts);
    api::DomainDetail {
        after_date: facts.map(|f| f.not_after),
        algorithm: facts.map(|f| f.algorithm.clone()),
        before_date: facts.map(|f| f.not_before),
        cert_name: certificate.map(|c| c.name.clone()),
        common_name: facts.map(|f| f.common_name.clone()),
        gmt_after: facts.map(|f| times::zoned(f.not_after)),
        gmt_before: facts.map(|f| times::zoned(f.not_before)),
        issuer: facts.map(|f| f.issuer.clone()),
        mtls_enabled: !domain.client_ca_pem.is_empty(),
        sans: facts.map(|f| f.subject_alternative_names.join(",")),
        ..of_summary(summary(cx, account, gateway, &domain), gateway)
    }
}

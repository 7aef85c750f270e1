//! Domains of the account.

use super::{apig, http_api::not_built};
use crate::dispatch::Authorized;
use crate::gateways::{Refusal, certificate, domain, page};
use crate::idempotency;
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::apig as api;
use ramgate_api::{ApiError, Empty};
use ramgate_model::{Certificate, Domain, DomainProtocol, Http2Option, Route, TlsVersion};

pub(super) async fn create(cx: Cx, call: Authorized<api::CreateDomain>) -> Result<api::CreateDomainResponse, ApiError> {
    let request = call.request;
    let cx = cx.dry(request.dry_run);
    if request.domain_scope.as_deref() == Some("Serverless") {
        return Err(not_built("The domain scope `Serverless`"));
    }
    refuse_unbuilt(request.tls_cipher_suites_config.as_ref(), request.ca_cert_identifier.as_deref())?;
    let mut made = Domain {
        id: cx.ids().domain(),
        number: cx.number("mse").await?,
        gateway_id: None,
        name: domain::read_name(&request.name).map_err(apig)?,
        protocol: DomainProtocol::Http,
        force_https: false,
        http2: Http2Option::Global,
        tls_min: TlsVersion::V10,
        tls_max: TlsVersion::V13,
        certificate_id: None,
        client_ca_pem: String::new(),
        extra: serde_json::Map::new(),
        resource_group_id: request.resource_group_id.unwrap_or_default(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let settings = Settings {
        protocol: request.protocol.as_deref(),
        force_https: request.force_https,
        http2: request.http2_option.as_deref(),
        tls_min: request.tls_min.as_deref(),
        tls_max: request.tls_max.as_deref(),
        cert_identifier: request.cert_identifier.as_deref(),
        mtls_enabled: request.mtls_enabled,
        client_ca: request.client_ca_cert.as_deref(),
    };
    settings.apply(&mut made).map_err(apig)?;
    let token = request.client_token.as_deref();
    let made = idempotency::once(&cx, &call.caller, "CreateDomain", token, || async {
        Ok(domain::create(&cx, made).await.map_err(apig)?.id.to_string())
    });
    let domain_id = made.await.map(|id| if cx.is_dry_run() { String::new() } else { id })?;
    Ok(api::CreateDomainResponse { domain_id })
}

pub(super) async fn get(cx: Cx, call: Authorized<api::GetDomain>) -> Result<api::Domain, ApiError> {
    let account = cx.account();
    let row = domain::find(&account, &call.request.domain_id).map_err(apig)?;
    let mut shown = shown(&cx, &account, row);
    if call.request.with_statistics == Some(true) {
        let routes = account.table::<Route>().indexed(&format!("domain/{}", row.id)).count();
        let n = i32::try_from(routes).unwrap_or(i32::MAX);
        let route = api::ResourceStatistic { resource_count: n, resource_type: "HttpApiRoute".to_owned() };
        shown.statistics_info =
            Some(api::DomainStatistics { resource_statistics: vec![route], total_count: n.to_string() });
    }
    Ok(shown)
}

pub(super) async fn list(cx: Cx, call: Authorized<api::ListDomains>) -> Result<api::ListDomainsResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let mut found = domain::of_account(&account);
    if let Some(gateway_id) = request.gateway_id.as_deref().filter(|id| !id.is_empty()) {
        // Those that routes of the gateway name.
        found.retain(|domain| domain::is_named_on(&account, domain.id.as_str(), gateway_id));
        found.extend(domain::of_gateway(&account, gateway_id));
    }
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    found.retain(|domain| {
        request.name_like.as_deref().is_none_or(|n| domain.name.contains(&n.to_ascii_lowercase()))
            && is(&request.resource_group_id, &domain.resource_group_id)
            && is(&request.domain_scope, "Dedicated")
    });
    let page = page(found, request.page_number, request.page_size, 100);
    Ok(api::ListDomainsResponse {
        items: page.items.iter().map(|row| summary(&cx, row)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn update(cx: Cx, call: Authorized<api::UpdateDomain>) -> Result<api::UpdateDomainResponse, ApiError> {
    let request = call.request;
    refuse_unbuilt(request.tls_cipher_suites_config.as_ref(), request.ca_cert_identifier.as_deref())?;
    let settings = Settings {
        protocol: request.protocol.as_deref(),
        force_https: request.force_https,
        http2: request.http2_option.as_deref(),
        tls_min: request.tls_min.as_deref(),
        tls_max: request.tls_max.as_deref(),
        cert_identifier: request.cert_identifier.as_deref(),
        mtls_enabled: request.mtls_enabled,
        client_ca: request.client_ca_cert.as_deref(),
    };
    domain::update(&cx, &request.domain_id, |domain| settings.apply(domain)).await.map_err(apig)?;
    Ok(api::UpdateDomainResponse { deploy_revision_id: Some(cx.ids().deployment_revision()) })
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteDomain>) -> Result<Empty, ApiError> {
    domain::delete(&cx, &call.request.domain_id).await.map_err(apig)?;
    Ok(Empty)
}

/// What a request says of a domain; absent means "as it is".
struct Settings<'a> {
    protocol: Option<&'a str>,
    force_https: Option<bool>,
    http2: Option<&'a str>,
    tls_min: Option<&'a str>,
    tls_max: Option<&'a str>,
    cert_identifier: Option<&'a str>,
    mtls_enabled: Option<bool>,
    client_ca: Option<&'a str>,
}

impl Settings<'_> {
    fn apply(&self, domain: &mut Domain) -> Result<(), Refusal> {
        match self.protocol {
            Some("HTTPS") => domain.protocol = DomainProtocol::Https,
            Some(_) => domain.protocol = DomainProtocol::Http,
            None => {}
        }
        if let Some(force) = self.force_https {
            domain.force_https = force;
        }
        match self.http2 {
            Some("Open") => domain.http2 = Http2Option::Open,
            Some("Close") => domain.http2 = Http2Option::Close,
            Some(_) => domain.http2 = Http2Option::Global,
            None => {}
        }
        let version = |field: &str, text: &str| {
            let expected = "must be `TLS 1.0`, `TLS 1.1`, `TLS 1.2` or `TLS 1.3`";
            TlsVersion::parse(text).ok_or_else(|| Refusal::invalid(field, expected))
        };
        if let Some(text) = self.tls_min.filter(|t| !t.is_empty()) {
            domain.tls_min = version("tlsMin", text)?;
        }
        if let Some(text) = self.tls_max.filter(|t| !t.is_empty()) {
            domain.tls_max = version("tlsMax", text)?;
        }
        if let Some(text) = self.cert_identifier.filter(|t| !t.is_empty()) {
            domain.certificate_id = Some(certificate::read_identifier("certIdentifier", text)?);
        }
        if let Some(pem) = self.client_ca {
            domain.client_ca_pem = pem.to_owned();
        }
        match self.mtls_enabled {
            Some(true) if domain.client_ca_pem.is_empty() => {
                return Err(Refusal::invalid("clientCACert", "must be given where `mTLSEnabled` is true"));
            }
            Some(false) => domain.client_ca_pem.clear(),
            _ => {}
        }
        if domain.protocol == DomainProtocol::Http && domain.force_https {
            return Err(Refusal::invalid("forceHttps", "needs the protocol HTTPS"));
        }
        Ok(())
    }
}

/// What would have to act on traffic and does not yet is refused, not stored in silence.
fn refuse_unbuilt(ciphers: Option<&api::TlsCipherSuitesConfig>, ca: Option<&str>) -> Result<(), ApiError> {
    if ciphers.and_then(|c| c.config_type.as_deref()).is_some_and(|kind| kind != "Default") {
        return Err(not_built("A choice of cipher suites (`tlsCipherSuitesConfig`)"));
    }
    if ca.is_some_and(|id| !id.is_empty()) {
        return Err(not_built("Naming an authority by id (`caCertIdentifier`); give `clientCACert`. It"));
    }
    Ok(())
}

pub(super) fn protocol(domain: &Domain) -> &'static str {
    match domain.protocol {
        DomainProtocol::Http => "HTTP",
        DomainProtocol::Https => "HTTPS",
    }
}

fn http2_name(option: Http2Option) -> &'static str {
    match option {
        Http2Option::Open => "Open",
        Http2Option::Close => "Close",
        Http2Option::Global => "GlobalConfig",
    }
}

fn shown(cx: &Cx, account: &AccountState, domain: &Domain) -> api::Domain {
    let certificate = domain.certificate_id.and_then(|id| account.get::<Certificate>(&id.to_string()));
    let facts = certificate.map(|c| &c.facts);
    api::Domain {
        algorithm: facts.map(|f| f.algorithm.clone()),
        cert_detail_status: certificate.map(|_| "Success".to_owned()),
        cert_identifier: domain.certificate_id.map(|id| certificate::identifier(cx, id)),
        cert_name: certificate.map(|c| c.name.clone()),
        client_ca_cert: Some(domain.client_ca_pem.clone()).filter(|pem| !pem.is_empty()),
        create_from: "Console".to_owned(),
        create_timestamp: domain.created_at,
        default: false,
        domain_id: domain.id.to_string(),
        domain_scope: "Dedicated".to_owned(),
        force_https: domain.force_https,
        http2_option: Some(http2_name(domain.http2).to_owned()),
        issuer: facts.map(|f| f.issuer.clone()),
        mtls_enabled: !domain.client_ca_pem.is_empty(),
        name: domain.name.clone(),
        not_after_timestamp: facts.map(|f| f.not_after),
        not_before_timestamp: facts.map(|f| f.not_before),
        protocol: Some(protocol(domain).to_owned()),
        resource_group_id: Some(domain.resource_group_id.clone()).filter(|g| !g.is_empty()),
        sans: facts.map(|f| f.subject_alternative_names.join(",")),
        tls_max: Some(domain.tls_max.as_str().to_owned()),
        tls_min: Some(domain.tls_min.as_str().to_owned()),
        update_timestamp: domain.updated_at,
        ..api::Domain::default()
    }
}

fn summary(cx: &Cx, domain: &Domain) -> api::DomainSummary {
    api::DomainSummary {
        cert_identifier: domain.certificate_id.map(|id| certificate::identifier(cx, id)),
        client_ca_cert: Some(domain.client_ca_pem.clone()).filter(|pem| !pem.is_empty()),
        create_from: "Console".to_owned(),
        create_timestamp: domain.created_at,
        domain_id: domain.id.to_string(),
        domain_scope: "Dedicated".to_owned(),
        force_https: domain.force_https,
        mtls_enabled: !domain.client_ca_pem.is_empty(),
        name: domain.name.clone(),
        protocol: Some(protocol(domain).to_owned()),
        resource_group_id: Some(domain.resource_group_id.clone()).filter(|g| !g.is_empty()),
        status: "Published".to_owned(),
        tls_max: Some(domain.tls_max.as_str().to_owned()),
        tls_min: Some(domain.tls_min.as_str().to_owned()),
        update_timestamp: domain.updated_at,
    }
}

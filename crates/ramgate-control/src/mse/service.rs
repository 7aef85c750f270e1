//! Services with addresses of their own: fixed ones (`VIP`) and those found by DNS.

use super::{mse, not_built, service_view, source as sources, target};
use crate::dispatch::Authorized;
use crate::gateways::service::{self, OnDuplicate};
use crate::gateways::{Kind, Refusal, certificate, page, source};
use crate::node::Cx;
use ramgate_api::ApiError;
use ramgate_api::mse as api;
use ramgate_model::{GatewayId, Service, ServicePort, ServiceProtocol, ServiceSource, SourceKind, UpstreamTls};
use serde_json::Map;

/// Makes services. One that exists already stays as it is, and counts as made.
pub(super) async fn import(cx: Cx, call: Authorized<api::ImportServices>) -> Result<bool, ApiError> {
    let request = call.request;
    let account = cx.account();
    let gateway_id = target::live(&account, &request).map_err(mse)?.id.clone();
    match request.source_type.as_str() {
        "VIP" | "DNS" => {}
        other => {
            // A source that is not on this gateway is not said to exist.
            if let Some(number) = request.source_id {
                let found = source::by_number(&account, gateway_id.as_str(), number);
                found.ok_or_else(|| mse(Refusal::not_found(Kind::Source, number.to_string())))?;
            }
            return Err(not_built(&format!("Importing services of the source type `{other}`")));
        }
    }
    if request.service_list.is_empty() {
        return Err(mse(Refusal::invalid("ServiceList", "must have at least one service")));
    }
    let mut services = Vec::new();
    for (i, given) in request.service_list.iter().enumerate() {
        let mut service = read(&request, &gateway_id, given, &format!("ServiceList[{i}]"))?;
        service.id = cx.ids().service();
        service.number = cx.number("mse").await?;
        (service.created_at, service.updated_at) = (cx.now(), cx.now());
        services.push(service);
    }
    service::create(&cx, gateway_id.as_str(), services, OnDuplicate::Keep).await.map_err(mse)?;
    Ok(true)
}

/// What the sources of a gateway have and is not imported yet. Without a source there is nothing; where there is one, the
/// answer would have to be read from it, which is not built: an empty list would say that it has no services.
pub(super) async fn pull(
    cx: Cx,
    call: Authorized<api::PullServices>,
) -> Result<Vec<api::AvailableNamespace>, ApiError> {
    let request = call.request;
    let account = cx.account();
    let gateway = target::named(&account, &request).map_err(mse)?;
    let mut asked = match request.source_id {
        Some(number) => {
            let found = source::by_number(&account, gateway.id.as_str(), number).cloned();
            vec![found.ok_or_else(|| mse(Refusal::not_found(Kind::Source, number.to_string())))?]
        }
        None => source::of_gateway(&account, gateway.id.as_str()),
    };
    if let Some(name) = request.source_type.as_deref().filter(|t| !t.is_empty()) {
        let kind: Option<SourceKind> = match name {
            "VIP" | "DNS" | "FC" => None,
            other => {
                let expected = format!("is `{other}`; it must be one of K8s, MSE, MSE_ZK, EDAS, SAE, VIP, DNS, FC");
                Some(sources::kind(other).ok_or_else(|| mse(Refusal::invalid("SourceType", expected)))?)
            }
        };
        asked.retain(|source| Some(source.kind) == kind);
    }
    match asked.first() {
        None => Ok(Vec::new()),
        Some(source) => {
            let (kind, _) = sources::names(source.kind);
            Err(not_built(&format!("Reading services from the source `{}` of the kind `{kind}`", source.name)))
        }
    }
}

pub(super) async fn list(
    cx: Cx,
    call: Authorized<api::ListGatewayService>,
) -> Result<api::ListGatewayServiceResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let gateway = target::named(&account, &request).map_err(mse)?;
    let filter = request.filter_params.unwrap_or_default();
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    let mut found = service::of_gateway(&account, gateway.id.as_str());
    found.retain(|service| {
        filter.name.as_deref().is_none_or(|name| service.name.contains(name))
            && is(&filter.group_name, &service.group_name)
            && is(&filter.namespace, &service.namespace)
            && is(&filter.service_protocol, service.protocol.as_str())
            && is(&filter.source_type, service.source.type_name())
    });
    let page = page(found, request.page_number, request.page_size, 500);
    Ok(api::ListGatewayServiceResponse {
        result: page.items.iter().map(|row| service_view::summary(&cx, &account, gateway, row)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn detail(
    cx: Cx,
    call: Authorized<api::GetGatewayServiceDetail>,
) -> Result<api::ServiceDetail, ApiError> {
    let request = call.request;
    let account = cx.account();
    let gateway = target::named(&account, &request).map_err(mse)?;
    let found = service::by_number(&account, gateway.id.as_str(), request.service_id);
    let found = found.ok_or_else(|| mse(Refusal::not_found(Kind::Service, request.service_id.to_string())))?;
    Ok(service_view::detail(&cx, &account, gateway, found))
}

/// One service of a request, without ids and times.
fn read(
    request: &api::ImportServicesRequest,
    gateway_id: &GatewayId,
    given: &api::ImportedService,
    place: &str,
) -> Result<Service, ApiError> {
    let name = given.name.clone().unwrap_or_default();
    service::check_name(&format!("{place}.Name"), &name).map_err(mse)?;
    let protocol = match given.service_protocol.as_deref().unwrap_or_default() {
        "" | "HTTP" => ServiceProtocol::Http,
        "HTTPS" => ServiceProtocol::Https,
        "HTTP2" => ServiceProtocol::Http2,
        "GRPC" => ServiceProtocol::Grpc,
        other => return Err(not_built(&format!("The service protocol `{other}`"))),
    };
    let tls = tls(request.tls_setting.as_ref(), protocol)?;
    let port = given.service_port.and_then(|p| u16::try_from(p).ok()).filter(|p| *p > 0);
    let addresses_at = format!("{place}.Ips");
    let source: Result<ServiceSource, Refusal> = if request.source_type == "VIP" {
        let addresses: Vec<String> = given.ips.iter().map(|text| with_port(text, port)).collect();
        service::fixed(&addresses_at, &addresses)
    } else {
        let port = port.or(Some(if tls.enabled { 443 } else { 80 }));
        let addresses: Vec<String> = given.ips.iter().map(|text| with_port(text, port)).collect();
        service::dns(&addresses_at, &addresses, &given.dns_server_list)
    };
    Ok(Service {
        id: Default::default(),
        number: 0,
        gateway_id: gateway_id.clone(),
        name,
        namespace: String::new(),
        group_name: String::new(),
        source_id: None,
        source: source.map_err(mse)?,
        protocol,
        ports: port.map(|port| ServicePort { name: String::new(), port }).into_iter().collect(),
        tls,
        extra: Map::new(),
        resource_group_id: String::new(),
        created_at: 0,
        updated_at: 0,
    })
}

/// The address, with the service's port where it has none of its own.
fn with_port(text: &str, port: Option<u16>) -> String {
    let text = text.trim();
    let bare = match text.strip_prefix('[') {
        Some(_) => text.ends_with(']'),
        None => !text.contains(':'),
    };
    match port {
        Some(port) if bare => format!("{text}:{port}"),
        _ => text.to_owned(),
    }
}

/// TLS towards the services: as set, else spoken to services with HTTPS only.
fn tls(given: Option<&api::ImportedTls>, protocol: ServiceProtocol) -> Result<UpstreamTls, ApiError> {
    let text = |value: &Option<String>| value.clone().filter(|v| !v.is_empty());
    let Some(given) = given else {
        return Ok(UpstreamTls { enabled: protocol == ServiceProtocol::Https, ..UpstreamTls::default() });
    };
    if text(&given.ca_cert_id).is_some() {
        return Err(not_built("Naming an authority by id (`TlsSetting.caCertId`); give `caCertContent`. It"));
    }
    let mode = text(&given.mode);
    let certificate_id = match (mode.as_deref(), text(&given.cert_id)) {
        (Some("MUTUAL"), None) => {
            return Err(mse(Refusal::invalid("TlsSetting.certId", "must be given where `mode` is MUTUAL")));
        }
        (Some("MUTUAL"), Some(id)) => Some(certificate::read_identifier("TlsSetting.certId", &id).map_err(mse)?),
        _ => None,
    };
    let enabled = match mode.as_deref() {
        Some("SIMPLE" | "MUTUAL") => true,
        // The protocol speaks TLS in any case; a mode that says otherwise would have no effect.
        Some("DISABLE") if protocol == ServiceProtocol::Https => {
            return Err(mse(Refusal::invalid("TlsSetting.mode", "cannot be DISABLE for services with HTTPS")));
        }
        Some("DISABLE") => false,
        None => protocol == ServiceProtocol::Https,
        Some(other) => {
            let expected = format!("is `{other}`; it must be one of DISABLE, SIMPLE, MUTUAL");
            return Err(mse(Refusal::invalid("TlsSetting.mode", expected)));
        }
    };
    let ca_pem = text(&given.ca_cert_content).unwrap_or_default();
    if !ca_pem.is_empty() {
        certificate::check_authorities("TlsSetting.caCertContent", &ca_pem).map_err(mse)?;
    }
    Ok(UpstreamTls { enabled, sni: text(&given.sni).unwrap_or_default(), ca_pem, certificate_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_added_only_where_the_address_has_none() {
        for (given, read) in [
            ("10.0.0.1", "10.0.0.1:8080"),
            ("10.0.0.1:80", "10.0.0.1:80"),
            ("a.example", "a.example:8080"),
            ("[::1]", "[::1]:8080"),
            ("[::1]:80", "[::1]:80"),
            ("::1", "::1"),
        ] {
            assert_eq!(with_port(given, Some(8080)), read);
        }
        assert_eq!(with_port("10.0.0.1", None), "10.0.0.1");
    }

    #[test]
    fn tls_follows_the_protocol_unless_a_mode_says_otherwise() {
        let mode = |mode: &str| api::ImportedTls { mode: Some(mode.into()), ..Default::default() };
        let enabled = |given: Option<&api::ImportedTls>, protocol| tls(given, protocol).unwrap().enabled;
        assert!(enabled(None, ServiceProtocol::Https));
        assert!(!enabled(None, ServiceProtocol::Http));
        assert!(enabled(Some(&mode("SIMPLE")), ServiceProtocol::Http2));
        assert!(!enabled(Some(&mode("DISABLE")), ServiceProtocol::Http));
        assert!(tls(Some(&mode("DISABLE")), ServiceProtocol::Https).is_err());
        assert!(tls(Some(&mode("MUTUAL")), ServiceProtocol::Https).unwrap_err().message.contains("certId"));
        assert!(tls(Some(&mode("ODD")), ServiceProtocol::Https).is_err());
    }
}

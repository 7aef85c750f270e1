//! Services.

use super::{apig, http_api::not_built};
use crate::dispatch::Authorized;
use crate::gateways::service::{self, OnDuplicate};
use crate::gateways::{Refusal, gateway, page};
use crate::idempotency;
use crate::node::Cx;
use ramgate_api::apig as api;
use ramgate_api::{ApiError, Empty};
use ramgate_model::{GatewayId, Service, ServicePort, ServiceProtocol, ServiceSource, UpstreamTls};
use serde_json::{Map, Value};
use std::cmp::Reverse;

pub(super) async fn create(
    cx: Cx,
    call: Authorized<api::CreateService>,
) -> Result<api::CreateServiceResponse, ApiError> {
    let request = call.request;
    gateway::find(&cx.account(), &request.gateway_id).map_err(apig)?;
    let mut services = Vec::new();
    for config in request.service_configs {
        let source = match request.source_type.as_str() {
            "VIP" => service::fixed("serviceConfigs.addresses", &config.addresses),
            "DNS" => service::dns("serviceConfigs.addresses", &config.addresses, &config.dns_servers),
            other => return Err(not_built(&format!("The source type `{other}` of services"))),
        };
        let name = config.name.unwrap_or_default();
        service::check_name("serviceConfigs.name", &name).map_err(apig)?;
        services.push(Service {
            id: cx.ids().service(),
            number: cx.number("mse").await?,
            gateway_id: GatewayId::from(request.gateway_id.as_str()),
            name,
            namespace: String::new(),
            group_name: String::new(),
            source_id: None,
            source: source.map_err(apig)?,
            protocol: ServiceProtocol::Http,
            ports: Vec::new(),
            tls: UpstreamTls::default(),
            extra: Map::new(),
            resource_group_id: request.resource_group_id.clone().unwrap_or_default(),
            created_at: cx.now(),
            updated_at: cx.now(),
        });
    }
    let token = request.client_token.as_deref();
    let service_ids = idempotency::once(&cx, &call.caller, "CreateService", token, || async {
        let made = service::create(&cx, &request.gateway_id, services, OnDuplicate::Refuse).await.map_err(apig)?;
        Ok(made.iter().map(|service| service.id.to_string()).collect::<Vec<_>>())
    })
    .await?;
    Ok(api::CreateServiceResponse { service_ids })
}

pub(super) async fn get(cx: Cx, call: Authorized<api::GetService>) -> Result<api::Service, ApiError> {
    let account = cx.account();
    Ok(shown(service::find(&account, &call.request.service_id).map_err(apig)?))
}

pub(super) async fn list(cx: Cx, call: Authorized<api::ListServices>) -> Result<api::ListServicesResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    // A JSON list, as older clients write it, or names joined by commas.
    let types: Vec<String> = match request.source_types.as_deref().map(str::trim) {
        Some(text) if text.starts_with('[') => serde_json::from_str(text)
            .map_err(|_| apig(Refusal::invalid("sourceTypes", "must be a list of source types")))?,
        Some(text) => text.split(',').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect(),
        None => Vec::new(),
    };
    let mut found: Vec<_> = match request.gateway_id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => service::of_gateway(&account, id),
        None => account.table::<Service>().iter().cloned().collect(),
    };
    found.retain(|service| {
        let type_name = service.source.type_name();
        request.name.as_deref().is_none_or(|name| service.name.contains(name))
            && is(&request.resource_group_id, &service.resource_group_id)
            && is(&request.source_type, type_name)
            && (types.is_empty() || types.iter().any(|t| t == type_name))
    });
    found.sort_by_key(|row| Reverse((row.created_at, row.number)));
    let page = page(found, request.page_number, request.page_size, 100);
    Ok(api::ListServicesResponse {
        items: page.items.iter().map(|row| shown(row)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn update(cx: Cx, call: Authorized<api::UpdateService>) -> Result<Empty, ApiError> {
    let request = call.request;
    if request.agent_service_config.is_some() || request.ai_service_config.is_some() {
        return Err(not_built("The configuration of AI and agent services"));
    }
    let changed = service::update(&cx, &request.service_id, |service| {
        let addresses = request.addresses.as_ref().filter(|a| !a.is_empty());
        match &mut service.source {
            ServiceSource::Fixed { .. } => {
                if let Some(addresses) = addresses {
                    service.source = service::fixed("addresses", addresses)?;
                }
            }
            ServiceSource::Dns { addresses: present, dns_servers } => {
                let present: Vec<String> = present.iter().map(|a| a.to_string()).collect();
                let servers = request.dns_servers.clone().unwrap_or_else(|| dns_servers.clone());
                service.source = service::dns("addresses", addresses.unwrap_or(&present), &servers)?;
            }
        }
        if let Some(name) = &request.protocol {
            service.protocol = protocol(name)?;
            service.tls.enabled = service.protocol == ServiceProtocol::Https;
        }
        if let Some(ports) = &request.ports {
            service.ports = ports.iter().map(port).collect::<Result<_, _>>()?;
        }
        keep(&mut service.extra, "healthCheck", request.health_check_config.as_ref());
        keep(&mut service.extra, "outlierDetection", request.outlier_detection_config.as_ref());
        keep(&mut service.extra, "healthyPanicThreshold", request.healthy_panic_threshold.as_ref());
        Ok(())
    });
    changed.await.map_err(apig)?;
    Ok(Empty)
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteService>) -> Result<Empty, ApiError> {
    service::delete(&cx, &call.request.service_id).await.map_err(apig)?;
    Ok(Empty)
}

fn protocol(name: &str) -> Result<ServiceProtocol, Refusal> {
    match name {
        "HTTP" => Ok(ServiceProtocol::Http),
        "HTTPS" => Ok(ServiceProtocol::Https),
        "HTTP2" => Ok(ServiceProtocol::Http2),
        "GRPC" => Ok(ServiceProtocol::Grpc),
        other => Err(Refusal::invalid("protocol", format!("is `{other}`; HTTP, HTTPS, HTTP2 and GRPC can be spoken"))),
    }
}

fn port(given: &api::ServicePort) -> Result<ServicePort, Refusal> {
    let number = given.port.and_then(|p| u16::try_from(p).ok()).filter(|p| *p > 0);
    let port = number.ok_or_else(|| Refusal::invalid("ports.port", "must be from 1 to 65535"))?;
    Ok(ServicePort { name: given.name.clone().unwrap_or_default(), port })
}

fn keep<T: serde::Serialize>(extra: &mut Map<String, Value>, name: &str, value: Option<&T>) {
    if let Some(value) = value.and_then(|v| serde_json::to_value(v).ok()) {
        extra.insert(name.to_owned(), value);
    }
}

fn shown(service: &Service) -> api::Service {
    let kept = |name: &str| service.extra.get(name).cloned();
    let dns_servers = match &service.source {
        ServiceSource::Dns { dns_servers, .. } => dns_servers.clone(),
        ServiceSource::Fixed { .. } => Vec::new(),
    };
    api::Service {
        addresses: service.source.addresses().iter().map(|a| a.to_string()).collect(),
        create_timestamp: service.created_at,
        dns_servers,
        gateway_id: service.gateway_id.to_string(),
        group_name: Some(service.group_name.clone()).filter(|g| !g.is_empty()),
        health_check: kept("healthCheck").and_then(|v| serde_json::from_value(v).ok()),
        healthy_panic_threshold: kept("healthyPanicThreshold").and_then(|v| v.as_f64()),
        name: service.name.clone(),
        namespace: Some(service.namespace.clone()).filter(|n| !n.is_empty()),
        outlier_detection: kept("outlierDetection").and_then(|v| serde_json::from_value(v).ok()),
        ports: service
            .ports
            .iter()
            .map(|p| api::ServicePort {
                name: Some(p.name.clone()).filter(|n| !n.is_empty()),
                port: Some(p.port.into()),
                protocol: Some("TCP".to_owned()),
            })
            .collect(),
        protocol: Some(service.protocol.as_str().to_owned()),
        resource_group_id: Some(service.resource_group_id.clone()).filter(|g| !g.is_empty()),
        service_id: service.id.to_string(),
        source_type: service.source.type_name().to_owned(),
        update_timestamp: service.updated_at,
        ..api::Service::default()
    }
}

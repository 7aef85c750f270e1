//! Services as answers show them.

use super::times;
use crate::gateways::certificate;
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::mse as api;
use ramgate_model::{Gateway, Service, ServiceProtocol, ServiceSource, Source};

/// Endpoints are not checked yet, so nothing is known of them.
const UNKNOWN: &str = "Unknown";

/// In a list.
pub(super) fn summary(cx: &Cx, account: &AccountState, gateway: &Gateway, service: &Service) -> api::ServiceSummary {
    api::ServiceSummary {
        dns_server_list: dns_servers(service),
        gateway_id: gateway.number,
        gateway_traffic_policy: Some(api::ListedTrafficPolicy {
            load_balancer_settings: Some(api::ListedLoadBalancerSettings {
                load_balancer_type: Some("ROUND_ROBIN".to_owned()),
                ..api::ListedLoadBalancerSettings::default()
            }),
            tls: Some(api::ListedTls {
                ca_cert_content: authorities(service),
                cert_id: certificate_of(cx, service),
                mode: Some(tls_mode(service).to_owned()),
                sni: sni(service),
                ..api::ListedTls::default()
            }),
        }),
        gateway_unique_id: gateway.id.to_string(),
        gmt_create: times::local(service.created_at),
        gmt_modified: times::local(service.updated_at),
        group_name: some(&service.group_name),
        healeh_status: UNKNOWN.to_owned(),
        health_check: false,
        health_check_info: None,
        health_status: UNKNOWN.to_owned(),
        id: service.number,
        ips: addresses(service),
        meta_info: None,
        name: service.name.clone(),
        namespace: some(&service.namespace),
        ports: ports(service),
        service_fqdn: Some(inner_name(service)),
        service_name_in_registry: Some(service.name.clone()),
        service_port: ports(service).first().copied(),
        service_protocol: Some(service.protocol.as_str().to_owned()),
        source_id: source_number(account, service),
        source_type: service.source.type_name().to_owned(),
        unhealthy_endpoints: Vec::new(),
        versions: Vec::new(),
    }
}

/// With its traffic policy.
pub(super) fn detail(cx: &Cx, account: &AccountState, gateway: &Gateway, service: &Service) -> api::ServiceDetail {
    api::ServiceDetail {
        dns_server_list: dns_servers(service),
        gateway_id: gateway.number,
        gateway_traffic_policy: Some(api::TrafficPolicy {
            load_balancer_settings: Some(api::LoadBalancerSettings {
                load_balancer_type: Some("ROUND_ROBIN".to_owned()),
                ..api::LoadBalancerSettings::default()
            }),
            tls_setting: Some(api::TlsSetting {
                ca_cert_content: authorities(service),
                cert_id: certificate_of(cx, service),
                sni: sni(service),
                tls_mode: Some(tls_mode(service).to_owned()),
            }),
        }),
        gateway_unique_id: gateway.id.to_string(),
        gmt_create: times::zoned(service.created_at),
        gmt_modified: times::zoned(service.updated_at),
        group_name: some(&service.group_name),
        health_check: Some("false".to_owned()),
        health_status: UNKNOWN.to_owned(),
        id: service.number,
        ips: addresses(service),
        name: service.name.clone(),
        namespace: some(&service.namespace),
        ports: ports(service),
        service_fqdn: Some(inner_name(service)),
        service_name_in_registry: Some(service.name.clone()),
        service_port: ports(service).first().copied(),
        service_protocol: Some(service.protocol.as_str().to_owned()),
        source_id: source_number(account, service),
        source_type: service.source.type_name().to_owned(),
        ..api::ServiceDetail::default()
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|t| !t.is_empty())
}

fn addresses(service: &Service) -> Vec<String> {
    service.source.addresses().iter().map(|address| address.to_string()).collect()
}

fn dns_servers(service: &Service) -> Vec<String> {
    match &service.source {
        ServiceSource::Dns { dns_servers, .. } => dns_servers.clone(),
        ServiceSource::Fixed { .. } => Vec::new(),
    }
}

/// The ports offered to routes; where none is, those of the addresses.
fn ports(service: &Service) -> Vec<i32> {
    let mut ports: Vec<i32> = service.ports.iter().map(|p| p.port.into()).collect();
    if ports.is_empty() {
        ports = service.source.addresses().iter().map(|address| address.port.into()).collect();
        ports.sort_unstable();
        ports.dedup();
    }
    ports
}

/// `outbound|<port>||<name>.static`, or `.dns`.
fn inner_name(service: &Service) -> String {
    let kind = match service.source {
        ServiceSource::Fixed { .. } => "static",
        ServiceSource::Dns { .. } => "dns",
    };
    format!("outbound|{}||{}.{kind}", ports(service).first().copied().unwrap_or(0), service.name)
}

/// The number of the source that it was imported from.
fn source_number(account: &AccountState, service: &Service) -> Option<i64> {
    let source = service.source_id.as_ref()?;
    account.get::<Source>(source.as_str()).map(|source| source.number)
}

fn tls_mode(service: &Service) -> &'static str {
    match (service.tls.enabled || service.protocol == ServiceProtocol::Https, &service.tls.certificate_id) {
        (false, _) => "DISABLE",
        (true, None) => "SIMPLE",
        (true, Some(_)) => "MUTUAL",
    }
}

fn sni(service: &Service) -> Option<String> {
    some(&service.tls.sni)
}

fn authorities(service: &Service) -> Option<String> {
    some(&service.tls.ca_pem)
}

fn certificate_of(cx: &Cx, service: &Service) -> Option<String> {
    service.tls.certificate_id.map(|id| certificate::identifier(cx, id))
}

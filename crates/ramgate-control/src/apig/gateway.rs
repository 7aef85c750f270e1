//! Gateways.

use super::apig;
use crate::dispatch::Authorized;
use crate::gateways::gateway::{self, Cascade, ENGINE_VERSION, NewGateway};
use crate::gateways::page;
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::apig as api;
use ramgate_api::{ApiError, Empty};
use ramgate_model::{Environment, Gateway, GatewayOrigin, GatewayStatus, GatewayType, NetworkType, Zone};
use std::net::IpAddr;

pub(super) async fn create(
    cx: Cx,
    call: Authorized<api::CreateGateway>,
) -> Result<api::CreateGatewayResponse, ApiError> {
    let request = call.request;
    gateway::check_name(&request.name).map_err(apig)?;
    if request.log_config.and_then(|config| config.sls).and_then(|sls| sls.enable) == Some(true) {
        return Err(super::http_api::not_built("Collecting access logs (`logConfig.sls.enable`)"));
    }
    let network_type = match request.network_access_config.kind.as_str() {
        "Internet" => NetworkType::Internet,
        "Intranet" => NetworkType::Intranet,
        _ => NetworkType::InternetAndIntranet,
    };
    let zones = request.zone_config.into_iter().flat_map(|config| config.zones);
    let new = NewGateway {
        origin: GatewayOrigin::Apig,
        name: request.name,
        gateway_type: if request.gateway_type.as_deref() == Some("AI") { GatewayType::AI } else { GatewayType::API },
        edition: request.gateway_edition.unwrap_or_else(|| "Professional".to_owned()),
        spec: request.spec.unwrap_or_else(|| "apigw.small.x1".to_owned()),
        replicas: 1,
        charge_type: request.charge_type.unwrap_or_else(|| "POSTPAY".to_owned()),
        network_type,
        vpc_id: request.vpc_id.unwrap_or_default(),
        zones: zones
            .map(|zone| Zone {
                zone_id: zone.zone_id.unwrap_or_default(),
                v_switch_id: zone.v_switch_id.unwrap_or_default(),
            })
            .collect(),
        resource_group_id: request.resource_group_id.unwrap_or_default(),
        tags: request.tag.into_iter().map(|tag| (tag.key, tag.value)).collect(),
    };
    let made = gateway::create(&cx, new).await.map_err(apig)?;
    Ok(api::CreateGatewayResponse { gateway_id: made.id.to_string() })
}

pub(super) async fn get(cx: Cx, call: Authorized<api::GetGateway>) -> Result<api::Gateway, ApiError> {
    let account = cx.account();
    let id = &call.request.gateway_id;
    // A gateway on its way out is still shown, as `Deleting`.
    match account.get::<Gateway>(id) {
        Some(row) => Ok(shown(&cx, &account, row)),
        None => Err(apig(crate::gateways::Refusal::not_found(crate::gateways::Kind::Gateway, id))),
    }
}

pub(super) async fn list(cx: Cx, call: Authorized<api::ListGateways>) -> Result<api::ListGatewaysResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    let mut found = gateway::all(&account);
    found.retain(|gateway| {
        let keyword = request.keyword.as_deref().unwrap_or_default();
        is(&request.gateway_id, gateway.id.as_str())
            && is(&request.name, &gateway.name)
            && is(&request.resource_group_id, &gateway.resource_group_id)
            && is(&request.vpc_id, &gateway.vpc_id)
            && is(&request.gateway_type, type_name(gateway.gateway_type))
            && (gateway.name.contains(keyword) || gateway.id.as_str().contains(keyword))
            && request.tag.iter().all(|tag| gateway.tags.get(&tag.key).is_some_and(|v| *v == tag.value))
    });
    let page = page(found, request.page_number, request.page_size, 100);
    Ok(api::ListGatewaysResponse {
        items: page.items.iter().map(|gateway| shown(&cx, &account, gateway)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteGateway>) -> Result<Empty, ApiError> {
    gateway::delete(&cx, &call.request.gateway_id, Cascade::RefuseLive).await.map_err(apig)?;
    Ok(Empty)
}

pub(super) async fn rename(cx: Cx, call: Authorized<api::UpdateGatewayName>) -> Result<Empty, ApiError> {
    let request = call.request;
    gateway::check_name(&request.name).map_err(apig)?;
    let renamed = gateway::update(&cx, &request.gateway_id, |gateway| gateway.name.clone_from(&request.name)).await;
    renamed.map(|_| Empty).map_err(apig)
}

pub(super) async fn list_zones(cx: Cx, _: Authorized<api::ListZones>) -> Result<api::ListZonesResponse, ApiError> {
    // One installation is one zone; the letter keeps the form that clients expect.
    let zone = api::Zone { zone_id: format!("{}-a", cx.region()), support_qat: "false".to_owned() };
    Ok(api::ListZonesResponse { items: vec![zone] })
}

pub(super) fn type_name(gateway_type: GatewayType) -> &'static str {
    match gateway_type {
        GatewayType::API => "API",
        GatewayType::AI => "AI",
    }
}

/// The edition in APIG's words, also of a gateway made through MSE.
fn edition(gateway: &Gateway) -> &str {
    match gateway.edition.as_str() {
        "mse_serverless" => "Serverless",
        mse if mse.starts_with("mse_") => "Professional",
        own => own,
    }
}

/// A gateway in short, as environments and routes show it.
pub(super) fn info(gateway: &Gateway) -> api::GatewayInfo {
    api::GatewayInfo {
        gateway_id: Some(gateway.id.to_string()),
        name: Some(gateway.name.clone()),
        engine_version: Some(ENGINE_VERSION.to_owned()),
        vpc_info: Some(vpc(gateway)),
        gateway_edition: Some(edition(gateway).to_owned()),
    }
}

fn vpc(gateway: &Gateway) -> api::VpcInfo {
    api::VpcInfo { vpc_id: Some(gateway.vpc_id.clone()), name: None }
}

fn shown(cx: &Cx, account: &AccountState, gateway: &Gateway) -> api::Gateway {
    let (status, _) = gateway::status(cx, gateway);
    let environments = account.table::<Environment>().indexed(&format!("gateway/{}", gateway.id));
    let mut environments: Vec<_> = environments.collect();
    environments.sort_by_key(|e| (!e.is_default, e.created_at));
    let sub_domains = environments.iter().filter(|e| e.is_default).flat_map(|e| super::environment::sub_domains(e));
    api::Gateway {
        charge_type: gateway.charge_type.clone(),
        create_from: "Console".to_owned(),
        create_timestamp: gateway.created_at,
        environments: Some(
            environments
                .iter()
                .map(|e| api::GatewayEnvironment {
                    alias: e.alias.clone(),
                    environment_id: e.id.to_string(),
                    name: e.name.clone(),
                })
                .collect(),
        ),
        gateway_edition: edition(gateway).to_owned(),
        gateway_id: gateway.id.to_string(),
        gateway_type: type_name(gateway.gateway_type).to_owned(),
        load_balancers: load_balancers(gateway, status),
        name: gateway.name.clone(),
        replicas: gateway.replicas.to_string(),
        resource_group_id: Some(gateway.resource_group_id.clone()).filter(|g| !g.is_empty()),
        spec: gateway.spec.clone(),
        status: match status {
            GatewayStatus::Creating => "Creating",
            GatewayStatus::Running => "Running",
            GatewayStatus::Deleting => "Deleting",
        }
        .to_owned(),
        sub_domain_infos: Some(sub_domains.collect()),
        tags: gateway.tags.iter().map(|(key, value)| api::Tag { key: key.clone(), value: value.clone() }).collect(),
        target_version: ENGINE_VERSION.to_owned(),
        update_timestamp: gateway.updated_at,
        version: ENGINE_VERSION.to_owned(),
        vpc: Some(vpc(gateway)),
        zones: gateway
            .zones
            .iter()
            .map(|zone| api::GatewayZone {
                name: None,
                zone_id: zone.zone_id.clone(),
                v_switch: Some(api::VSwitch { name: None, v_switch_id: Some(zone.v_switch_id.clone()) }),
            })
            .collect(),
        ..api::Gateway::default()
    }
}

/// The entry points: the HTTP port, then the HTTPS port; once for each network that the gateway serves.
fn load_balancers(gateway: &Gateway, status: GatewayStatus) -> Vec<api::LoadBalancer> {
    let networks: &[&str] = match gateway.network_type {
        NetworkType::Internet => &["Internet"],
        NetworkType::Intranet => &["Intranet"],
        NetworkType::InternetAndIntranet => &["Internet", "Intranet"],
    };
    let entry = &gateway.entry;
    let address = entry.host.to_string();
    let (v4, v6) = match entry.host {
        IpAddr::V4(_) => (vec![address.clone()], Vec::new()),
        IpAddr::V6(_) => (Vec::new(), vec![address.clone()]),
    };
    let port = |port: u16| api::LoadBalancerPort { port: port.into(), protocol: "TCP".to_owned() };
    let of = |network: &&str| api::LoadBalancer {
        address: address.clone(),
        address_ip_version: if v4.is_empty() { "ipv6" } else { "ipv4" }.to_owned(),
        address_type: (*network).to_owned(),
        gateway_default: true,
        ipv4_addresses: v4.clone(),
        ipv6_addresses: v6.clone(),
        load_balancer_id: format!("nlb-{}", gateway.id.as_str().trim_start_matches("gw-")),
        mode: "Managed".to_owned(),
        ports: vec![port(entry.http_port), port(entry.https_port)],
        status: if status == GatewayStatus::Running { "Ready" } else { "NotCreate" }.to_owned(),
        kind: "NLB".to_owned(),
    };
    networks.iter().map(of).collect()
}

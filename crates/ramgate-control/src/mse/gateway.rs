//! Gateways.

use super::{illegal, mse, not_built, target, times};
use crate::dispatch::Authorized;
use crate::gateways::gateway::{self, Cascade, ENGINE_VERSION, NewGateway};
use crate::gateways::{Refusal, page};
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::ApiError;
use ramgate_api::mse as api;
use ramgate_model::{Environment, Gateway, GatewayOrigin, GatewayStatus, GatewayType, NetworkType, Zone};
use std::collections::BTreeMap;

/// Makes a gateway. It serves when this returns.
pub(super) async fn add(cx: Cx, call: Authorized<api::AddGateway>) -> Result<api::AddGatewayResponse, ApiError> {
    let request = call.request;
    refuse_unbuilt(&request)?;
    if request.region != cx.region().as_str() {
        let expected = format!("is `{}`; this installation serves the region {}", request.region, cx.region());
        return Err(mse(Refusal::invalid("Region", expected)));
    }
    let name = request.name.clone().filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| format!("gateway-{}", cx.request_id().to_ascii_lowercase().replace('-', "")));
    gateway::check_name(&name).map_err(mse)?;
    let new = NewGateway {
        origin: GatewayOrigin::Mse,
        name,
        gateway_type: GatewayType::API,
        network_type: network_type(&request).map_err(mse)?,
        zones: zones(&request),
        edition: request.mse_version.filter(|v| !v.is_empty()).unwrap_or_else(|| "mse_pro".to_owned()),
        spec: request.spec.filter(|s| !s.is_empty()).unwrap_or_else(|| "MSE_GTW_2_4_200_c".to_owned()),
        replicas: request.replica.and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
        charge_type: request.charge_type.filter(|c| !c.is_empty()).unwrap_or_else(|| "POSTPAY".to_owned()),
        vpc_id: request.vpc,
        resource_group_id: request.resource_group_id.unwrap_or_default(),
        tags: request.tag.into_iter().map(|tag| (tag.key, tag.value)).collect(),
    };
    let made = gateway::create(&cx, new).await.map_err(mse)?;
    Ok(api::AddGatewayResponse { gateway_unique_id: made.id.to_string() })
}

pub(super) async fn list(cx: Cx, call: Authorized<api::ListGateway>) -> Result<api::ListGatewayResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let filter = request.filter_params.unwrap_or_default();
    let tags = wanted_tags(filter.mse_tag.as_deref()).map_err(mse)?;
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    let mut found = gateway::all(&account);
    found.retain(|gateway| {
        is(&filter.gateway_type, type_name(gateway.gateway_type))
            && is(&filter.gateway_unique_id, gateway.id.as_str())
            && is(&filter.instance_id, &instance_id(gateway))
            && is(&filter.resource_group_id, &gateway.resource_group_id)
            && is(&filter.vpc, &gateway.vpc_id)
            && filter.name.as_deref().is_none_or(|name| gateway.name.contains(name))
            && tags.iter().all(|(key, value)| gateway.tags.get(key) == Some(value))
    });
    let page = page(found, request.page_number, request.page_size, 500);
    let language = request.accept_language.as_deref();
    let shown = |gateway: &Gateway| api::Gateway {
        gmt_create: times::local(gateway.created_at),
        gmt_modified: times::local(gateway.updated_at),
        ..with_entries(&cx, &account, gateway, language)
    };
    Ok(api::ListGatewayResponse {
        result: page.items.iter().map(|gateway| shown(gateway)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn get(cx: Cx, call: Authorized<api::GetGateway>) -> Result<api::Gateway, ApiError> {
    let account = cx.account();
    let gateway = target::named(&account, &call.request).map_err(mse)?;
    Ok(short(&cx, gateway, call.request.accept_language.as_deref()))
}

pub(super) async fn detail(cx: Cx, call: Authorized<api::GetGatewayDetail>) -> Result<api::Gateway, ApiError> {
    let account = cx.account();
    let gateway = target::named(&account, &call.request).map_err(mse)?;
    let off = api::LogConfig::default();
    Ok(api::Gateway {
        gateway_option: Some(api::GatewayOption { log_config_details: Some(off), ..api::GatewayOption::default() }),
        ..with_entries(&cx, &account, gateway, call.request.accept_language.as_deref())
    })
}

/// Deletes a gateway with everything on it, published or not. Its entry points are its own, so they always go with it.
pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteGateway>) -> Result<api::Gateway, ApiError> {
    let id = target::named(&cx.account(), &call.request).map_err(mse)?.id.clone();
    let gone = gateway::delete(&cx, id.as_str(), Cascade::Everything).await.map_err(mse)?;
    Ok(short(&cx, &gone, None))
}

pub(super) async fn list_zones(cx: Cx, _: Authorized<api::ListGatewayZone>) -> Result<Vec<api::Zone>, ApiError> {
    // One installation is one zone; the letter keeps the form that clients expect.
    let zone_id = format!("{}-a", cx.region());
    Ok(vec![api::Zone { local_name: "A".to_owned(), support_qat: false, zone_id }])
}

/// What would have to act and does not yet is refused, not stored in silence.
fn refuse_unbuilt(request: &api::AddGatewayRequest) -> Result<(), ApiError> {
    if request.enable_sls == Some(true) {
        return Err(not_built("Collecting access logs (`EnableSls`)"));
    }
    if request.enable_xtrace == Some(true) {
        return Err(not_built("Tracing (`EnableXtrace`)"));
    }
    let extension = request.request_pars.as_deref().map(str::trim).unwrap_or_default();
    if !matches!(extension, "" | "{}") {
        return Err(illegal("There are no extension parameters (`RequestPars`) here."));
    }
    Ok(())
}

/// Which networks the entry points serve: as one of the newer parameters says, or by which sizes of load balancers the
/// older ones ask for. Without any of them it is the inside only.
fn network_type(request: &api::AddGatewayRequest) -> Result<NetworkType, Refusal> {
    let given = [
        ("ManagedEntryNetworkType", &request.managed_entry_network_type),
        ("NlbNetworkType", &request.nlb_network_type),
        ("ClbNetworkType", &request.clb_network_type),
    ];
    let asks = |size: &Option<String>| size.as_deref().is_some_and(|s| !s.is_empty());
    let (mut public, mut private) = (asks(&request.internet_slb_spec), asks(&request.slb_spec));
    for (field, value) in given {
        match value.as_deref().unwrap_or_default() {
            "" => {}
            "pubnet" => public = true,
            "privatenet" => private = true,
            "privatepubnet" => (public, private) = (true, true),
            other => {
                let expected = format!("is `{other}`; it must be one of pubnet, privatenet, privatepubnet");
                return Err(Refusal::invalid(field, expected));
            }
        }
    }
    Ok(match (public, private) {
        (true, true) => NetworkType::InternetAndIntranet,
        (true, false) => NetworkType::Internet,
        (false, _) => NetworkType::Intranet,
    })
}

/// The zones as given, or as the older form names their switches.
fn zones(request: &api::AddGatewayRequest) -> Vec<Zone> {
    let newer = request.zone_info.iter().map(|zone| Zone {
        zone_id: zone.zone_id.clone().unwrap_or_default(),
        v_switch_id: zone.v_switch_id.clone().unwrap_or_default(),
    });
    let older = [&request.v_switch_id, &request.v_switch_id2].into_iter().flatten().filter(|id| !id.is_empty());
    let older = older.map(|id| Zone { zone_id: String::new(), v_switch_id: id.clone() });
    if request.zone_info.is_empty() { older.collect() } else { newer.collect() }
}

/// Reads `[{"key":"…","value":"…"}]`.
fn wanted_tags(text: Option<&str>) -> Result<Vec<(String, String)>, Refusal> {
    #[derive(serde::Deserialize)]
    struct Wanted {
        #[serde(alias = "Key", alias = "tagKey")]
        key: String,
        #[serde(default, alias = "Value", alias = "tagValue")]
        value: String,
    }
    let Some(text) = text.filter(|t| !t.trim().is_empty()) else { return Ok(Vec::new()) };
    let expected = "must be a list of tags as JSON text, such as `[{\"key\":\"a\",\"value\":\"b\"}]`";
    let tags: Vec<Wanted> =
        serde_json::from_str(text).map_err(|_| Refusal::invalid("FilterParams.MseTag", expected))?;
    Ok(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
}

fn type_name(gateway_type: GatewayType) -> &'static str {
    match gateway_type {
        GatewayType::API => "Ingress",
        GatewayType::AI => "AI",
    }
}

/// `mse_ingresspost-<region>-<11 characters>`, made of the id: one gateway keeps one.
fn instance_id(gateway: &Gateway) -> String {
    let kind = if gateway.charge_type == "PREPAY" { "mse_ingresspre" } else { "mse_ingresspost" };
    let id = gateway.id.as_str();
    let tail = id.get(id.len().saturating_sub(11)..).unwrap_or(id);
    let country = gateway.region.as_str().split('-').next().unwrap_or_default();
    format!("{kind}-{country}-{tail}")
}

/// The edition in MSE's words, also of a gateway made through APIG.
fn edition(gateway: &Gateway) -> String {
    match gateway.edition.as_str() {
        own if own.starts_with("mse_") => own.to_owned(),
        "Serverless" | "MultiTenantServerless" => "mse_serverless".to_owned(),
        _ => "mse_pro".to_owned(),
    }
}

fn status(status: GatewayStatus, language: Option<&str>) -> (i32, String) {
    let chinese = language.is_some_and(|l| l.to_ascii_lowercase().starts_with("zh"));
    let (number, english, zh) = match status {
        GatewayStatus::Creating => (0, "Creating", "\u{521b}\u{5efa}\u{4e2d}"),
        GatewayStatus::Running => (2, "Running", "\u{8fd0}\u{884c}\u{4e2d}"),
        GatewayStatus::Deleting => (8, "Deleting", "\u{5220}\u{9664}\u{4e2d}"),
    };
    (number, if chinese { zh } else { english }.to_owned())
}

/// The short record, as most answers have it.
fn short(cx: &Cx, gateway: &Gateway, language: Option<&str>) -> api::Gateway {
    let (status, status_desc) = status(gateway::status(cx, gateway).0, language);
    let switch = |n: usize| gateway.zones.get(n).map(|zone| zone.v_switch_id.clone()).filter(|id| !id.is_empty());
    let tags: BTreeMap<_, _> = gateway.tags.iter().collect();
    let version = || Some(ENGINE_VERSION.to_owned());
    api::Gateway {
        app_version: version(),
        charge_type: Some(gateway.charge_type.clone()),
        current_version: version(),
        gateway_type: Some(type_name(gateway.gateway_type).to_owned()),
        gateway_unique_id: gateway.id.to_string(),
        gateway_version: version(),
        gmt_create: times::zoned(gateway.created_at),
        gmt_modified: times::zoned(gateway.updated_at),
        id: gateway.number,
        init_config: Some(api::InitConfig::default()),
        instance_id: Some(instance_id(gateway)),
        latest_version: version(),
        mse_tag: serde_json::to_string(&tags).ok(),
        mse_version: Some(edition(gateway)),
        name: gateway.name.clone(),
        primary_user: cx.account_id().to_string(),
        region: gateway.region.to_string(),
        replica: i32::try_from(gateway.replicas).unwrap_or(i32::MAX),
        resource_group_id: Some(gateway.resource_group_id.clone()).filter(|g| !g.is_empty()),
        spec: gateway.spec.clone(),
        status,
        status_desc: Some(status_desc),
        tag: serde_json::to_string(&tags).ok(),
        total_replica: i32::try_from(gateway.replicas).ok(),
        vpc: Some(gateway.vpc_id.clone()),
        vpc_id: Some(gateway.vpc_id.clone()),
        vswitch: switch(0),
        vswitch2: switch(1),
        ..api::Gateway::default()
    }
}

/// The short record and the entry points: the internet's and the inside's, as far as the gateway serves them.
fn with_entries(cx: &Cx, account: &AccountState, gateway: &Gateway, language: Option<&str>) -> api::Gateway {
    let (status, _) = gateway::status(cx, gateway);
    let ready = if status == GatewayStatus::Running { "Ready" } else { "Creating" };
    let entry = &gateway.entry;
    let address = entry.host.to_string();
    let slb = |network: &str| api::GatewaySlb {
        gateway_slb_mode: Some("UserHost".to_owned()),
        gateway_slb_status: Some(ready.to_owned()),
        slb_id: Some(format!("nlb-{}", gateway.id.as_str().trim_start_matches("gw-"))),
        slb_ip: Some(address.clone()),
        slb_port: Some(entry.http_port.to_string()),
        status_desc: Some(ready.to_owned()),
        kind: Some(network.to_owned()),
        ..api::GatewaySlb::default()
    };
    // The host names that the gateway is reached under are those of its default environment.
    let environments = account.table::<Environment>().indexed(&format!("gateway/{}", gateway.id));
    let names: Vec<&String> = environments.filter(|e| e.is_default).flat_map(|e| &e.sub_domains).collect();
    let name = |inside: bool| names.iter().find(|n| n.contains("-vpc.") == inside).map(|n| (*n).clone());
    let (v4, v6) = if entry.host.is_ipv4() { (vec![address.clone()], vec![]) } else { (vec![], vec![address.clone()]) };
    let point = |network: &str, inside: bool| api::GatewayEntry {
        entry_domain: name(inside).unwrap_or_default(),
        http_ports: vec![entry.http_port.into()],
        https_ports: vec![entry.https_port.into()],
        ip_list: v4.clone(),
        ipv6_list: v6.clone(),
        net_type: network.to_owned(),
        status: ready.to_owned(),
    };
    let public = gateway.network_type != NetworkType::Intranet;
    let private = gateway.network_type != NetworkType::Internet;
    let (public_entry, private_entry) = (point("PUB_NET", false), point("PRIVATE_NET", true));
    let entries = [public.then_some(public_entry), private.then_some(private_entry)];
    api::Gateway {
        internet_slb: Some(public.then(|| slb("PUB_NET")).into_iter().collect()),
        slb: Some(private.then(|| slb("PRIVATE_NET")).into_iter().collect()),
        gateway_entry: Some(entries.into_iter().flatten().collect()),
        ..short(cx, gateway, language)
    }
}

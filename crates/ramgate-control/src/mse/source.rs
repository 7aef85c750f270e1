//! Service sources. They are kept with the gateway; reading services from them is not built.

use super::{mse, not_built, target, times};
use crate::dispatch::Authorized;
use crate::gateways::{Refusal, source};
use crate::node::Cx;
use ramgate_api::mse as api;
use ramgate_api::{ApiError, Empty};
use ramgate_model::{Gateway, Source, SourceKind};
use serde_json::{Map, Value, json};

/// Where the options of Ingress are kept.
const INGRESS: &str = "IngressOptions";
/// Where the openings of security groups are kept.
const OPENINGS: &str = "ToAuthorizeSecurityGroups";

pub(super) async fn add(cx: Cx, call: Authorized<api::AddServiceSource>) -> Result<i64, ApiError> {
    let request = call.request;
    let gateway_id = target::live(&cx.account(), &request).map_err(mse)?.id.clone();
    if request.ingress_options_request.as_ref().is_some_and(|o| o.enable_ingress == Some(true)) {
        return Err(not_built("Making routes of Ingress objects (`IngressOptionsRequest.EnableIngress`)"));
    }
    let address = request.address.unwrap_or_default().trim().to_owned();
    if !(1..=512).contains(&address.chars().count()) || address.chars().any(char::is_control) {
        return Err(mse(Refusal::invalid(
            "Address",
            "must name a cluster, endpoint or namespace in 1 to 512 characters",
        )));
    }
    let kind = kind(&request.source);
    let kind = kind.ok_or_else(|| mse(Refusal::invalid("Source", format!("is `{}`", request.source))))?;
    let mut extra = Map::new();
    if let Some(options) = request.ingress_options_request.and_then(|o| serde_json::to_value(o).ok()) {
        extra.insert(INGRESS.to_owned(), options);
    }
    if !request.to_authorize_security_groups.is_empty() {
        let openings = request.to_authorize_security_groups.into_iter().map(|o| {
            json!({"Description": o.description, "PortRange": o.port_range, "SecurityGroupId": o.security_group_id})
        });
        extra.insert(OPENINGS.to_owned(), Value::Array(openings.collect()));
    }
    let source = Source {
        id: cx.ids().source(),
        number: cx.number("mse").await?,
        gateway_id,
        name: request.name.filter(|name| !name.is_empty()).unwrap_or_else(|| address.clone()),
        kind,
        address,
        groups: request.group_list,
        paths: request.path_list,
        extra,
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    Ok(source::create(&cx, source).await.map_err(mse)?.number)
}

pub(super) async fn list(
    cx: Cx,
    call: Authorized<api::ListServiceSource>,
) -> Result<Vec<api::ServiceSource>, ApiError> {
    let account = cx.account();
    let gateway = target::named(&account, &call.request).map_err(mse)?;
    let wanted = call.request.source.as_deref().filter(|s| !s.is_empty()).and_then(kind);
    let found = source::of_gateway(&account, gateway.id.as_str());
    let found = found.iter().filter(|source| wanted.is_none_or(|kind| kind == source.kind));
    Ok(found.map(|source| shown(gateway, source)).collect())
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteServiceSource>) -> Result<Empty, ApiError> {
    let gateway_id = target::live(&cx.account(), &call.request).map_err(mse)?.id.clone();
    source::delete(&cx, gateway_id.as_str(), call.request.source_id).await.map_err(mse)?;
    Ok(Empty)
}

/// The kind of source behind a name of `Source` or `SourceType`.
pub(super) fn kind(name: &str) -> Option<SourceKind> {
    match name {
        "K8s" => Some(SourceKind::Kubernetes),
        "MSE" | "NACOS" => Some(SourceKind::Nacos),
        "MSE_ZK" => Some(SourceKind::Zookeeper),
        "EDAS" => Some(SourceKind::Edas),
        "SAE" => Some(SourceKind::Sae),
        _ => None,
    }
}

/// `Source` and `Type` of a kind.
pub(super) fn names(kind: SourceKind) -> (&'static str, &'static str) {
    match kind {
        SourceKind::Kubernetes => ("K8s", "K8s"),
        SourceKind::Nacos => ("MSE", "NACOS"),
        SourceKind::Zookeeper => ("MSE_ZK", "ZOOKEEPER"),
        SourceKind::Edas => ("EDAS", "EDAS"),
        SourceKind::Sae => ("SAE", "SAE"),
    }
}

fn shown(gateway: &Gateway, source: &Source) -> api::ServiceSource {
    let (name, kind) = names(source.kind);
    api::ServiceSource {
        address: source.address.clone(),
        binding_with_gateway: 1,
        gateway_id: gateway.number,
        gateway_unique_id: gateway.id.to_string(),
        gmt_create: times::zoned(source.created_at),
        gmt_modified: times::zoned(source.updated_at),
        group_list: source.groups.clone(),
        id: source.number,
        ingress_options: source.extra.get(INGRESS).and_then(|o| serde_json::from_value(o.clone()).ok()),
        invalid: false,
        name: source.name.clone(),
        path_list: source.paths.clone(),
        source: name.to_owned(),
        source_unique_id: Some(source.id.to_string()),
        kind: kind.to_owned(),
    }
}

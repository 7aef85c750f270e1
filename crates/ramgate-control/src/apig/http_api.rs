//! HTTP APIs, and their deployment.
//!
//! An `Http` API matches the paths of its routes as they are written; its base path is informational. What is deployed is the
//! route: publishing its draft. Deploying an API of type `Rest` waits for operations to be built.

use super::{apig, environment as environments, gateway as gateways};
use crate::dispatch::Authorized;
use crate::gateways::{Kind, Refusal, gateway, http_api, page, route};
use crate::idempotency;
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::apig as api;
use ramgate_api::{ApiError, Empty, codes};
use ramgate_model::{Environment, Gateway, GatewayId, HttpApi, HttpApiType, Route};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

pub(super) async fn create(
    cx: Cx,
    call: Authorized<api::CreateHttpApi>,
) -> Result<api::CreateHttpApiResponse, ApiError> {
    let request = call.request;
    let cx = cx.dry(request.dry_run);
    let api_type = match request.kind.as_str() {
        "Rest" => HttpApiType::Rest,
        "Http" => HttpApiType::Http,
        "WebSocket" => HttpApiType::WebSocket,
        other => return Err(not_built(&format!("The type `{other}` of HTTP APIs"))),
    };
    http_api::check_name(&request.name).map_err(apig)?;
    let base_path = request.base_path.filter(|path| !path.is_empty()).unwrap_or_else(|| "/".to_owned());
    http_api::check_base_path(&base_path).map_err(apig)?;
    refuse_unbuilt(request.enable_auth, request.auth_config.as_ref(), request.remove_base_path_on_forward)?;
    refuse_timeout(request.first_byte_timeout)?;
    let mut extra = Map::new();
    keep(&mut extra, "authConfig", request.auth_config.as_ref());
    keep(&mut extra, "deployConfigs", Some(&request.deploy_configs).filter(|c| !c.is_empty()));
    let api = HttpApi {
        id: cx.ids().http_api(),
        name: request.name.clone(),
        api_type,
        base_path,
        protocols: protocols(request.protocols),
        description: request.description.unwrap_or_default(),
        gateway_id: request.belong_gateway_id.filter(|id| !id.is_empty()).map(GatewayId),
        version_config: request.version_config.and_then(|c| serde_json::to_value(c).ok()),
        extra,
        resource_group_id: request.resource_group_id.unwrap_or_default(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let token = request.client_token.as_deref();
    let made = idempotency::once(&cx, &call.caller, "CreateHttpApi", token, || async {
        Ok(http_api::create(&cx, api).await.map_err(apig)?.id.to_string())
    });
    // A dry run names nothing that exists.
    let http_api_id = made.await.map(|id| if cx.is_dry_run() { String::new() } else { id })?;
    Ok(api::CreateHttpApiResponse { http_api_id, name: request.name })
}

pub(super) async fn get(cx: Cx, call: Authorized<api::GetHttpApi>) -> Result<api::HttpApi, ApiError> {
    let account = cx.account();
    let row = http_api::find(&account, &call.request.http_api_id).map_err(apig)?;
    Ok(shown(&account, row, true))
}

pub(super) async fn list(cx: Cx, call: Authorized<api::ListHttpApis>) -> Result<api::ListHttpApisResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let types: Vec<&str> = request.types.as_deref().unwrap_or_default().split(',').filter(|t| !t.is_empty()).collect();
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    let mut found: Vec<_> = account.table::<HttpApi>().iter().cloned().collect();
    found.retain(|api| {
        let gateway = request.gateway_id.as_deref().filter(|g| !g.is_empty());
        (types.is_empty() || types.contains(&api.api_type.as_str()))
            && is(&request.name, &api.name)
            && is(&request.resource_group_id, &api.resource_group_id)
            && request.keyword.as_deref().is_none_or(|k| api.name.contains(k) || api.id.as_str().contains(k))
            && gateway.is_none_or(|g| belongs_to(&account, api, g))
    });
    found.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    // Versions of one API stand together under its name.
    let with_environments =
        request.with_environment_info == Some(true) || request.with_apis_published_to_environment == Some(true);
    let mut groups: Vec<api::HttpApiGroup> = Vec::new();
    for row in &found {
        let one = shown(&account, row, with_environments);
        match groups.iter_mut().find(|group| group.name == row.name && group.kind == row.api_type.as_str()) {
            Some(group) => group.versioned_http_apis.push(one),
            None => groups.push(api::HttpApiGroup {
                gateway_id: one.gateway_id.clone(),
                name: row.name.clone(),
                kind: row.api_type.as_str().to_owned(),
                version_enabled: one.version_info.as_ref().is_some_and(|v| v.enable == Some(true)),
                versioned_http_apis: vec![one],
            }),
        }
    }
    let page = page(groups, request.page_number, request.page_size, 100);
    Ok(api::ListHttpApisResponse {
        items: page.items,
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn update(cx: Cx, call: Authorized<api::UpdateHttpApi>) -> Result<Empty, ApiError> {
    let request = call.request;
    let cx = cx.dry(request.dry_run);
    http_api::check_base_path(&request.base_path).map_err(apig)?;
    refuse_unbuilt(request.enable_auth, request.auth_config.as_ref(), request.remove_base_path_on_forward)?;
    refuse_timeout(request.first_byte_timeout)?;
    let change = |api: &mut HttpApi| {
        api.base_path.clone_from(&request.base_path);
        if let Some(description) = &request.description {
            api.description.clone_from(description);
        }
        if let Some(given) = &request.protocols {
            api.protocols = protocols(given.clone());
        }
        if let Some(version) = &request.version_config {
            api.version_config = serde_json::to_value(version).ok();
        }
        keep(&mut api.extra, "authConfig", request.auth_config.as_ref());
        keep(&mut api.extra, "deployConfigs", request.deploy_configs.as_ref());
        Ok(())
    };
    let token = request.client_token.as_deref();
    idempotency::once(&cx, &call.caller, "UpdateHttpApi", token, || async {
        http_api::update(&cx, &request.http_api_id, change).await.map_err(apig).map(|_| ())
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteHttpApi>) -> Result<Empty, ApiError> {
    let request = call.request;
    let cx = cx.dry(request.dry_run);
    let token = request.client_token.as_deref();
    idempotency::once(&cx, &call.caller, "DeleteHttpApi", token, || async {
        http_api::delete(&cx, &request.http_api_id).await.map_err(apig)
    })
    .await?;
    Ok(Empty)
}

pub(super) async fn deploy(
    cx: Cx,
    call: Authorized<api::DeployHttpApi>,
) -> Result<api::DeployHttpApiResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let http_api = http_api::find(&account, &request.http_api_id).map_err(apig)?;
    if http_api.api_type == HttpApiType::Rest {
        return Err(not_built("Deploying an HTTP API of type `Rest`"));
    }
    let (gateway_id, route_ids) = match (&request.route_id, &request.http_api_config) {
        (Some(id), _) => (None, vec![id.clone()]),
        (None, Some(config)) => (config.gateway_id.clone(), config.route_ids.clone()),
        (None, None) => return Err(apig(Refusal::invalid("routeId", "must be given"))),
    };
    if let Some(id) = gateway_id.as_deref().filter(|id| !id.is_empty()) {
        gateway::find(&account, id).map_err(apig)?;
    }
    if route_ids.is_empty() {
        return Err(apig(Refusal::invalid("httpApiConfig.routeIds", "must name at least one route")));
    }
    // All of them are this API's before the first one goes live.
    let wanted = gateway_id.as_deref().filter(|id| !id.is_empty());
    for id in &route_ids {
        let route = of_api(&account, &request.http_api_id, id)?;
        let placed = route.gateway_id.as_ref().map(|id| id.as_str());
        if placed.is_some() && wanted.is_some_and(|wanted| placed != Some(wanted)) {
            let expected = format!("is not the gateway that the route `{id}` is placed on");
            return Err(apig(Refusal::invalid("httpApiConfig.gatewayId", expected)));
        }
    }
    for id in &route_ids {
        route::publish(&cx, id).await.map_err(apig)?;
    }
    Ok(api::DeployHttpApiResponse { http_api_id: request.http_api_id })
}

pub(super) async fn undeploy(cx: Cx, call: Authorized<api::UndeployHttpApi>) -> Result<Empty, ApiError> {
    let request = call.request;
    let account = cx.account();
    http_api::find(&account, &request.http_api_id).map_err(apig)?;
    if request.operation_id.is_some() {
        return Err(not_built("Undeploying an operation"));
    }
    let live = match &request.route_id {
        Some(id) => vec![of_api(&account, &request.http_api_id, id)?],
        None if request.environment_id.is_none() && request.gateway_id.is_none() => {
            let one_of = "or `gatewayId` or `routeId` must be given";
            return Err(apig(Refusal::invalid("environmentId", one_of)));
        }
        None => {
            let is = |wanted: &Option<String>, value: Option<&str>| wanted.as_deref().is_none_or(|w| Some(w) == value);
            let mut routes = route::under(&account, &format!("http-api/{}", request.http_api_id));
            routes.retain(|route| {
                is(&request.environment_id, route.environment_id.as_ref().map(|id| id.as_str()))
                    && is(&request.gateway_id, route.gateway_id.as_ref().map(|id| id.as_str()))
            });
            routes
        }
    };
    for route in live {
        route::unpublish(&cx, route.id.as_str()).await.map_err(apig)?;
    }
    Ok(Empty)
}

/// The route, if it belongs to this API: permission was checked on the API, so no other route may be reached through it.
pub(super) fn of_api(
    account: &AccountState,
    http_api_id: &str,
    route_id: &str,
) -> Result<std::sync::Arc<crate::state::Row<Route>>, ApiError> {
    let found = account.get::<Route>(route_id);
    let found = found.filter(|route| route.http_api_id.as_ref().is_some_and(|id| id.as_str() == http_api_id));
    found.cloned().ok_or_else(|| apig(Refusal::not_found(Kind::Route, route_id)))
}

/// What would have to act on traffic and does not yet is refused, not stored in silence.
fn refuse_unbuilt(
    enable_auth: Option<bool>,
    auth_config: Option<&api::AuthConfig>,
    remove_base_path: Option<bool>,
) -> Result<(), ApiError> {
    let asks_for_auth = auth_config.and_then(|c| c.auth_mode.as_deref()).is_some_and(|mode| mode != "NoAuth");
    if enable_auth == Some(true) || asks_for_auth {
        return Err(not_built("Consumer authentication (`enableAuth`, `authConfig`)"));
    }
    if remove_base_path == Some(true) {
        return Err(not_built("Removing the base path (`removeBasePathOnForward`)"));
    }
    Ok(())
}

fn refuse_timeout(first_byte: Option<i32>) -> Result<(), ApiError> {
    match first_byte {
        None | Some(0) => Ok(()),
        Some(_) => Err(not_built("A time limit for the first byte (`firstByteTimeout`)")),
    }
}

pub(super) fn not_built(what: &str) -> ApiError {
    codes::NOT_YET_BUILT.with(format!("{what} is not built yet; nothing was changed."))
}

fn protocols(given: Vec<String>) -> Vec<String> {
    if given.is_empty() { vec!["HTTP".to_owned(), "HTTPS".to_owned()] } else { given }
}

fn keep<T: serde::Serialize>(extra: &mut Map<String, Value>, name: &str, value: Option<&T>) {
    if let Some(value) = value.and_then(|v| serde_json::to_value(v).ok()) {
        extra.insert(name.to_owned(), value);
    }
}

fn kept<T: serde::de::DeserializeOwned>(extra: &Map<String, Value>, name: &str) -> Option<T> {
    extra.get(name).and_then(|value| serde_json::from_value(value.clone()).ok())
}

fn belongs_to(account: &AccountState, api: &HttpApi, gateway_id: &str) -> bool {
    let own = api.gateway_id.as_ref().is_some_and(|id| id.as_str() == gateway_id);
    let mut routes = account.table::<Route>().indexed(&format!("http-api/{}", api.id));
    own || routes.any(|route| route.gateway_id.as_ref().is_some_and(|id| id.as_str() == gateway_id))
}

fn shown(account: &AccountState, api: &HttpApi, with_environments: bool) -> api::HttpApi {
    let routes: Vec<_> = account.table::<Route>().indexed(&format!("http-api/{}", api.id)).collect();
    let mut counts: BTreeMap<String, api::DeployCount> = BTreeMap::new();
    let mut environment_ids = BTreeSet::new();
    for route in &routes {
        let gateway = route.gateway_id.as_ref().map(|id| id.to_string()).unwrap_or_default();
        let count = counts.entry(gateway).or_default();
        count.cnt += 1;
        count.deployed_cnt += i64::from(route.published.is_some());
        if route.published.is_some() {
            environment_ids.extend(route.environment_id.as_ref().map(|id| id.as_str()));
        }
    }
    let environments = environment_ids.into_iter().filter(|_| with_environments);
    api::HttpApi {
        auth_config: kept(&api.extra, "authConfig"),
        base_path: api.base_path.clone(),
        deploy_cnt_map: counts,
        deploy_configs: kept(&api.extra, "deployConfigs").unwrap_or_default(),
        description: Some(api.description.clone()).filter(|d| !d.is_empty()),
        enable_auth: false,
        environments: environments.filter_map(|id| published(account, account.get::<Environment>(id)?)).collect(),
        gateway_id: api.gateway_id.as_ref().map(|id| id.to_string()),
        http_api_id: api.id.to_string(),
        name: api.name.clone(),
        protocols: api.protocols.clone(),
        resource_group_id: Some(api.resource_group_id.clone()).filter(|g| !g.is_empty()),
        kind: api.api_type.as_str().to_owned(),
        version_info: api.version_config.clone().and_then(|v| serde_json::from_value(v).ok()),
        ..api::HttpApi::default()
    }
}

/// An environment that something of the API is live in.
fn published(account: &AccountState, environment: &Environment) -> Option<api::PublishedEnvironment> {
    let gateway = account.get::<Gateway>(environment.gateway_id.as_str())?;
    Some(api::PublishedEnvironment {
        alias: Some(environment.alias.clone()),
        deploy_status: Some("Deployed".to_owned()),
        environment_id: Some(environment.id.to_string()),
        gateway_info: Some(gateways::info(gateway)),
        name: Some(environment.name.clone()),
        sub_domains: environments::sub_domains(environment),
        ..api::PublishedEnvironment::default()
    })
}

//! Routes of HTTP APIs.

use super::{apig, environment as environments, gateway as gateways, http_api as apis};
use crate::dispatch::Authorized;
use crate::gateways::gateway::Cascade;
use crate::gateways::{Refusal, environment, http_api, page, route};
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::apig as api;
use ramgate_api::{ApiError, Empty};
use ramgate_model::{
    Backend, Domain, DomainId, Environment, EnvironmentId, Gateway, HttpApiId, PathMatch, Route, RouteMatch, RouteSpec,
    Service, ServiceId, TextMatch, ValueMatch, WeightedService,
};
use std::collections::BTreeMap;

pub(super) async fn create(
    cx: Cx,
    call: Authorized<api::CreateHttpApiRoute>,
) -> Result<api::CreateHttpApiRouteResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    http_api::find(&account, &request.http_api_id).map_err(apig)?;
    if !request.policy_configs.is_empty() {
        return Err(apis::not_built("Inline policies (`policyConfigs`)"));
    }
    if request.mcp_route_config.is_some() {
        return Err(apis::not_built("MCP routes (`mcpRouteConfig`)"));
    }
    let mock = request.deploy_configs.iter().find_map(|config| config.mock.clone());
    let mut made = Route {
        id: cx.ids().route(),
        number: cx.number("mse").await?,
        gateway_id: None,
        http_api_id: Some(HttpApiId::from(request.http_api_id.as_str())),
        environment_id: None,
        name: request.name,
        description: request.description.unwrap_or_default(),
        draft: RouteSpec {
            matches: matches(request.matches.unwrap_or_default()).map_err(apig)?,
            backend: match request.backend_config {
                Some(config) => backend(config, mock)?,
                None => Backend::None,
            },
            ..RouteSpec::default()
        }
        .into(),
        published: None,
        extra: serde_json::Map::new(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    let domain_ids: Vec<DomainId> = request.domain_ids.into_iter().map(DomainId).collect();
    place(&account, &mut made, request.environment_id.as_deref(), Some(domain_ids)).map_err(apig)?;
    let made = route::create(&cx, made).await.map_err(apig)?;
    Ok(api::CreateHttpApiRouteResponse { route_id: made.id.to_string() })
}

pub(super) async fn get(cx: Cx, call: Authorized<api::GetHttpApiRoute>) -> Result<api::HttpRoute, ApiError> {
    let account = cx.account();
    let row = apis::of_api(&account, &call.request.http_api_id, &call.request.route_id)?;
    Ok(shown(&account, &row))
}

pub(super) async fn list(
    cx: Cx,
    call: Authorized<api::ListHttpApiRoutes>,
) -> Result<api::ListHttpApiRoutesResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    http_api::find(&account, &request.http_api_id).map_err(apig)?;
    let mut found = route::under(&account, &format!("http-api/{}", request.http_api_id));
    let is = |wanted: &Option<String>, value: Option<&str>| {
        wanted.as_deref().is_none_or(|w| w.is_empty() || Some(w) == value)
    };
    let statuses: Vec<&str> =
        request.deploy_statuses.as_deref().unwrap_or_default().split(',').filter(|s| !s.is_empty()).collect();
    found.retain(|route| {
        is(&request.name, Some(&route.name))
            && request.name_like.as_deref().is_none_or(|n| route.name.contains(n))
            && request.path_like.as_deref().is_none_or(|p| route.draft.matches.path.value.contains(p))
            && is(&request.environment_id, route.environment_id.as_ref().map(|id| id.as_str()))
            && is(&request.gateway_id, route.gateway_id.as_ref().map(|id| id.as_str()))
            && request.domain_id.as_deref().is_none_or(|d| route.draft.domain_ids.iter().any(|id| id.as_str() == d))
            && (statuses.is_empty() || statuses.contains(&status(route)))
            && request.backend_service_name.as_deref().is_none_or(|name| {
                let mut services = route.draft.services();
                services.any(|s| account.get::<Service>(s.service_id.as_str()).is_some_and(|row| row.name == name))
            })
    });
    let page = page(found, request.page_number, request.page_size, 100);
    Ok(api::ListHttpApiRoutesResponse {
        items: page.items.iter().map(|row| shown(&account, row)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

/// Changes a route. A deployed route follows at once.
pub(super) async fn update(cx: Cx, call: Authorized<api::UpdateHttpApiRoute>) -> Result<Empty, ApiError> {
    let request = call.request;
    let account = cx.account();
    apis::of_api(&account, &request.http_api_id, &request.route_id)?;
    if request.policy_configs.as_ref().is_some_and(|p| !p.is_empty()) {
        return Err(apis::not_built("Inline policies (`policyConfigs`)"));
    }
    if request.mcp_route_config.is_some() {
        return Err(apis::not_built("MCP routes (`mcpRouteConfig`)"));
    }
    let new_matches = request.matches.map(matches).transpose().map_err(apig)?;
    let new_backend = request.backend_config.map(|config| backend(config, None)).transpose()?;
    let domain_ids: Option<Vec<DomainId>> = request.domain_ids.map(|ids| ids.into_iter().map(DomainId).collect());
    let changed = route::update(&cx, &request.route_id, |account, route| {
        if let Some(description) = &request.description {
            route.description.clone_from(description);
        }
        if let Some(new) = &new_matches {
            route.draft.matches = new.clone();
        }
        // The request has no place for a mock's answer, so a mock that is there keeps its own.
        let stays_mock =
            |new: &Backend| matches!((new, &route.draft.backend), (Backend::Mock { .. }, Backend::Mock { .. }));
        if let Some(new) = new_backend.as_ref().filter(|new| !stays_mock(new)) {
            route.draft.backend = new.clone();
        }
        place(account, route, request.environment_id.as_deref(), domain_ids.clone())?;
        if route.published.is_some() {
            route.published = Some(route.draft.clone());
        }
        Ok(())
    });
    changed.await.map_err(apig)?;
    Ok(Empty)
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteHttpApiRoute>) -> Result<Empty, ApiError> {
    let request = call.request;
    apis::of_api(&cx.account(), &request.http_api_id, &request.route_id)?;
    route::delete(&cx, &request.route_id, Cascade::RefuseLive).await.map_err(apig)?;
    Ok(Empty)
}

/// Puts a route where its environment is, under the host names of its domains. Without domains it answers to the
/// environment's own names, and in a gateway's default environment to every name that no domain claims.
fn place(
    account: &AccountState,
    route: &mut Route,
    environment_id: Option<&str>,
    domain_ids: Option<Vec<DomainId>>,
) -> Result<(), Refusal> {
    if let Some(id) = environment_id.filter(|id| !id.is_empty()) {
        route.environment_id = Some(EnvironmentId::from(id));
    }
    if let Some(ids) = domain_ids {
        route.draft.domain_ids = ids;
    }
    let Some(id) = &route.environment_id else { return Ok(()) };
    let environment = environment::find(account, id.as_str())?;
    let api = route.http_api_id.as_ref().map(|id| http_api::find(account, id.as_str())).transpose()?;
    if api.and_then(|api| api.gateway_id.as_ref()).is_some_and(|own| *own != environment.gateway_id) {
        return Err(Refusal::invalid("environmentId", "names an environment of another gateway than the HTTP API's"));
    }
    route.gateway_id = Some(environment.gateway_id.clone());
    route.draft.hosts = match (route.draft.domain_ids.is_empty(), environment.is_default) {
        (false, _) => Vec::new(),
        (true, false) => environment.sub_domains.clone(),
        (true, true) => environment.sub_domains.iter().cloned().chain(["*".to_owned()]).collect(),
    };
    Ok(())
}

fn text_match(field: &str, kind: &str) -> Result<TextMatch, Refusal> {
    match kind {
        "Exact" => Ok(TextMatch::Exact),
        "Prefix" => Ok(TextMatch::Prefix),
        "Regex" => Ok(TextMatch::Regex),
        other => Err(Refusal::invalid(field, format!("is `{other}`; it must be one of Exact, Prefix, Regex"))),
    }
}

fn matches(given: api::HttpRouteMatch) -> Result<RouteMatch, Refusal> {
    let conditions = |field: &str, list: Vec<api::ValueMatch>| -> Result<Vec<ValueMatch>, Refusal> {
        let one = |m: api::ValueMatch| {
            Ok(ValueMatch { kind: text_match(&format!("{field}.type"), &m.kind)?, key: m.name, value: m.value })
        };
        list.into_iter().map(one).collect()
    };
    let path = match given.path {
        Some(path) => PathMatch {
            kind: text_match("match.path.type", &path.kind)?,
            value: path.value,
            ignore_case: given.ignore_uri_case == Some(true),
        },
        None => PathMatch { ignore_case: given.ignore_uri_case == Some(true), ..PathMatch::default() },
    };
    Ok(RouteMatch {
        path,
        methods: given.methods.iter().map(|m| m.to_ascii_uppercase()).collect(),
        headers: conditions("match.headers", given.headers)?,
        queries: conditions("match.queryParams", given.query_params)?,
    })
}

fn backend(config: api::Backend, mock: Option<api::Mock>) -> Result<Backend, ApiError> {
    let scene = config.scene.as_deref().unwrap_or("SingleService");
    match scene {
        "SingleService" | "Single" | "MultiServiceByRatio" => {}
        "Mock" => {
            let mock = mock.unwrap_or_default();
            let status = mock.response_code.unwrap_or(200);
            let status = u16::try_from(status).map_err(|_| {
                apig(Refusal::invalid("deployConfigs.mock.responseCode", "must be an HTTP status from 200 to 599"))
            })?;
            return Ok(Backend::Mock { status, body: mock.response_content.unwrap_or_default() });
        }
        other => return Err(apis::not_built(&format!("The backend scene `{other}`"))),
    }
    let single = scene != "MultiServiceByRatio";
    if config.services.is_empty() || (single && config.services.len() > 1) {
        let expected = if single { "must hold exactly one service" } else { "must hold at least one service" };
        return Err(apig(Refusal::invalid("backendConfig.services", expected)));
    }
    let mut services = Vec::new();
    for service in config.services {
        let id = service.service_id.filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| apig(Refusal::invalid("backendConfig.services.serviceId", "must be given")))?;
        let port = match service.port.unwrap_or(0) {
            0 => None,
            port => Some(
                u16::try_from(port)
                    .map_err(|_| apig(Refusal::invalid("backendConfig.services.port", "must be from 1 to 65535")))?,
            ),
        };
        let weight = if single { 100 } else { service.weight.unwrap_or(0) };
        let weight = u32::try_from(weight)
            .map_err(|_| apig(Refusal::invalid("backendConfig.services.weight", "must be from 0 to 100")))?;
        let version = service.version.filter(|v| !v.is_empty());
        services.push(WeightedService { service_id: ServiceId(id), port, weight, version });
    }
    Ok(Backend::Services { services })
}

fn status(route: &Route) -> &'static str {
    if route.published.is_some() { "Deployed" } else { "NotDeployed" }
}

fn kind_name(kind: TextMatch) -> String {
    match kind {
        TextMatch::Exact => "Exact",
        TextMatch::Prefix => "Prefix",
        TextMatch::Regex => "Regex",
    }
    .to_owned()
}

fn shown(account: &AccountState, route: &Route) -> api::HttpRoute {
    let spec = &route.draft;
    let conditions = |list: &[ValueMatch]| {
        let one =
            |m: &ValueMatch| api::ValueMatch { name: m.key.clone(), kind: kind_name(m.kind), value: m.value.clone() };
        list.iter().map(one).collect()
    };
    let domains = spec.domain_ids.iter().filter_map(|id| account.get::<Domain>(id.as_str()));
    let environment = route.environment_id.as_ref().and_then(|id| account.get::<Environment>(id.as_str()));
    let gateway_status = route.gateway_id.iter().map(|id| (id.to_string(), status(route).to_owned()));
    api::HttpRoute {
        backend: shown_backend(account, spec),
        create_timestamp: route.created_at,
        deploy_status: status(route).to_owned(),
        description: Some(route.description.clone()).filter(|d| !d.is_empty()),
        domain_infos: domains
            .map(|domain| api::DomainInfo {
                domain_id: Some(domain.id.to_string()),
                name: Some(domain.name.clone()),
                protocol: Some(super::domain::protocol(domain).to_owned()),
            })
            .collect(),
        environment_info: environment.map(|environment| api::RouteEnvironment {
            alias: Some(environment.alias.clone()),
            environment_id: Some(environment.id.to_string()),
            gateway_info: account.get::<Gateway>(environment.gateway_id.as_str()).map(|g| gateways::info(g)),
            name: Some(environment.name.clone()),
            sub_domains: environments::sub_domains(environment),
        }),
        gateway_status: BTreeMap::from_iter(gateway_status),
        matches: api::HttpRouteMatch {
            headers: conditions(&spec.matches.headers),
            ignore_uri_case: Some(spec.matches.path.ignore_case),
            methods: spec.matches.methods.clone(),
            path: Some(api::PathMatch {
                kind: kind_name(spec.matches.path.kind),
                value: spec.matches.path.value.clone(),
            }),
            query_params: conditions(&spec.matches.queries),
        },
        name: route.name.clone(),
        route_id: route.id.to_string(),
        update_timestamp: route.updated_at,
        ..api::HttpRoute::default()
    }
}

fn shown_backend(account: &AccountState, spec: &RouteSpec) -> api::Backend {
    let services: Vec<api::BackendService> = spec
        .services()
        .map(|used| {
            let stored = account.get::<Service>(used.service_id.as_str());
            api::BackendService {
                name: stored.map(|s| s.name.clone()),
                port: used.port.map(i32::from),
                protocol: stored.map(|s| s.protocol.as_str().to_owned()),
                service_id: Some(used.service_id.to_string()),
                source_type: stored.map(|s| s.source.type_name().to_owned()),
                version: used.version.clone(),
                weight: i32::try_from(used.weight).ok(),
                ..api::BackendService::default()
            }
        })
        .collect();
    let scene = match &spec.backend {
        Backend::None => None,
        Backend::Services { services } if services.len() == 1 => Some("SingleService"),
        Backend::Services { .. } => Some("MultiServiceByRatio"),
        Backend::Mock { .. } => Some("Mock"),
        Backend::Redirect { .. } => Some("Redirect"),
    };
    api::Backend { scene: scene.map(str::to_owned), services, ..api::Backend::default() }
}

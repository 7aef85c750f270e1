//! Routes of a gateway. Those of HTTP APIs are shown among them and changed through APIG only.

use super::{illegal, mse, not_built, policies, route_view as view, target};
use crate::dispatch::Authorized;
use crate::gateways::gateway::Cascade;
use crate::gateways::{Kind, Refusal, domain, page, route, service};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use ramgate_api::ApiError;
use ramgate_api::mse as api;
use ramgate_model::{
    Backend, Domain, DomainId, Gateway, PathMatch, Route, RouteMatch, RouteSpec, Service, TextMatch, ValueMatch,
    WeightedService,
};
use std::sync::Arc;

/// The host name that the default domain, number 0, stands for.
const ANY_HOST: &str = "*";

/// Makes a route, not published.
pub(super) async fn add(cx: Cx, call: Authorized<api::AddGatewayRoute>) -> Result<i64, ApiError> {
    let request = call.request;
    refuse_unbuilt(&request)?;
    let account = cx.account();
    let gateway = target::live(&account, &request).map_err(mse)?;
    let (domain_ids, hosts) = domains(&account, gateway, &request).map_err(mse)?;
    let draft = RouteSpec {
        domain_ids,
        hosts,
        matches: matches(request.predicates.as_ref().cloned().unwrap_or_default()),
        order: request.route_order.and_then(|order| u32::try_from(order).ok()).unwrap_or(0),
        backend: backend(&account, gateway, &request)?,
    };
    let made = Route {
        id: cx.ids().route(),
        number: cx.number("mse").await?,
        gateway_id: Some(gateway.id.clone()),
        http_api_id: None,
        environment_id: None,
        name: request.name,
        description: request.description.unwrap_or_default(),
        draft: draft.into(),
        published: None,
        extra: serde_json::Map::new(),
        created_at: cx.now(),
        updated_at: cx.now(),
    };
    Ok(route::create(&cx, made).await.map_err(mse)?.number)
}

pub(super) async fn list(
    cx: Cx,
    call: Authorized<api::ListGatewayRoute>,
) -> Result<api::ListGatewayRouteResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let gateway = target::named(&account, &request).map_err(mse)?;
    let filter = request.filter_params.unwrap_or_default();
    let part = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| value.contains(w));
    let mut found = route::under(&account, &format!("gateway/{}", gateway.id));
    found.retain(|route| {
        let spec = &route.draft;
        part(&filter.name, &route.name)
            && part(&filter.path, &spec.matches.path.value)
            && filter.route_order.is_none_or(|order| i64::from(order) == i64::from(spec.order))
            && filter.status.is_none_or(|status| status == view::status(route))
            && filter
                .default_service_id
                .is_none_or(|id| view::first_service(&account, spec).is_some_and(|s| s.number == id))
            && filter.domain_id.is_none_or(|id| view::domain_numbers(&account, spec).contains(&id))
            && filter.domain_name.as_deref().is_none_or(|name| {
                name.is_empty() || view::domain_names(&account, spec).iter().any(|n| n.eq_ignore_ascii_case(name))
            })
    });
    let page = page(found, request.page_number, request.page_size, 500);
    Ok(api::ListGatewayRouteResponse {
        result: page.items.iter().map(|row| view::summary(&account, gateway, row)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn detail(cx: Cx, call: Authorized<api::GetGatewayRouteDetail>) -> Result<api::RouteDetail, ApiError> {
    let account = cx.account();
    let gateway = target::named(&account, &call.request).map_err(mse)?;
    let route = find(&account, gateway, call.request.route_id)?;
    Ok(view::detail(&account, gateway, route))
}

/// Publishes a route, or what was changed of it since.
pub(super) async fn apply(cx: Cx, call: Authorized<api::ApplyGatewayRoute>) -> Result<bool, ApiError> {
    let account = cx.account();
    let gateway = target::live(&account, &call.request).map_err(mse)?;
    let route = own(&account, gateway, call.request.route_id)?;
    route::publish(&cx, route.id.as_str()).await.map_err(mse)?;
    Ok(true)
}

/// Takes a route out of traffic. One that is not published is left as it is.
pub(super) async fn offline(cx: Cx, call: Authorized<api::OfflineGatewayRoute>) -> Result<bool, ApiError> {
    let account = cx.account();
    let gateway = target::live(&account, &call.request).map_err(mse)?;
    let route = own(&account, gateway, call.request.route_id)?;
    route::unpublish(&cx, route.id.as_str()).await.map_err(mse)?;
    Ok(true)
}

/// Deletes a route, published or not.
pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteGatewayRoute>) -> Result<api::DeletedRoute, ApiError> {
    let account = cx.account();
    let gateway = target::live(&account, &call.request).map_err(mse)?;
    let route = own(&account, gateway, call.request.route_id)?;
    let gone = route::delete(&cx, route.id.as_str(), Cascade::Everything).await.map_err(mse)?;
    Ok(view::deleted(&account, gateway, &gone))
}

/// A route of this gateway.
fn find<'a>(account: &'a AccountState, gateway: &Gateway, number: i64) -> Result<&'a Arc<Row<Route>>, ApiError> {
    let found = route::by_number(account, gateway.id.as_str(), number);
    found.ok_or_else(|| mse(Refusal::not_found(Kind::Route, number.to_string())))
}

/// A route of this gateway that is changed here: permission on the gateway does not reach HTTP APIs.
fn own<'a>(account: &'a AccountState, gateway: &Gateway, number: i64) -> Result<&'a Arc<Row<Route>>, ApiError> {
    let route = find(account, gateway, number)?;
    match &route.http_api_id {
        None => Ok(route),
        Some(api) => {
            Err(illegal(format!("The route `{number}` belongs to the HTTP API `{api}` and is changed through APIG.")))
        }
    }
}

/// What would have to act on traffic and does not yet is refused, not stored in silence.
fn refuse_unbuilt(request: &api::AddGatewayRouteRequest) -> Result<(), ApiError> {
    if request.enable_waf == Some(true) {
        return Err(not_built("The application firewall (`EnableWaf`)"));
    }
    if request.fallback == Some(true) {
        return Err(not_built("Falling back to other services (`Fallback`)"));
    }
    if request.destination_type.as_deref() == Some("VersionOriented") {
        return Err(not_built("The destination type `VersionOriented`"));
    }
    for service in &request.services {
        if service.version.as_deref().is_some_and(|v| !v.is_empty()) {
            return Err(not_built("Sending traffic to a version of a service (`Services.Version`)"));
        }
        let dubbo = service.agreement_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("DUBBO"));
        if dubbo || service.http_dubbo_transcoder.is_some() {
            return Err(not_built("Turning HTTP into Dubbo calls"));
        }
    }
    policies::refuse_active(request.policies.as_deref())
}

/// The domains of a new route: those of the gateway by number, and `*` for the default one.
fn domains(
    account: &AccountState,
    gateway: &Gateway,
    request: &api::AddGatewayRouteRequest,
) -> Result<(Vec<DomainId>, Vec<String>), Refusal> {
    let numbers: Vec<i64> = match request.domain_id_list.as_slice() {
        [] => request.domain_id.into_iter().collect(),
        list => list.to_vec(),
    };
    let (mut ids, mut hosts) = (Vec::new(), Vec::new());
    for number in numbers {
        if number == 0 {
            hosts = vec![ANY_HOST.to_owned()];
            continue;
        }
        let found: Option<&Arc<Row<Domain>>> = domain::by_number(account, gateway.id.as_str(), number);
        let id = found.ok_or_else(|| Refusal::not_found(Kind::Domain, number.to_string()))?.id.clone();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok((ids, hosts))
}

/// How a condition is read. Validation has let pass only these names; `ERGULAR` is how the API really spells it.
fn text_match(kind: &str) -> TextMatch {
    match kind {
        "EQUAL" => TextMatch::Exact,
        "PRE" => TextMatch::Prefix,
        _ => TextMatch::Regex,
    }
}

fn matches(given: api::RoutePredicates) -> RouteMatch {
    let conditions = |list: Vec<api::ValuePredicate>| {
        list.into_iter().map(|p| ValueMatch { key: p.key, kind: text_match(&p.kind), value: p.value }).collect()
    };
    RouteMatch {
        path: given.path_predicates.map_or_else(PathMatch::default, |path| PathMatch {
            kind: text_match(&path.kind),
            value: path.path,
            ignore_case: path.ignore_case.unwrap_or(false),
        }),
        methods: given.method_predicates.iter().map(|m| m.trim().to_ascii_uppercase()).collect(),
        headers: conditions(given.header_predicates),
        queries: conditions(given.query_predicates),
    }
}

fn backend(
    account: &AccountState,
    gateway: &Gateway,
    request: &api::AddGatewayRouteRequest,
) -> Result<Backend, ApiError> {
    let status = |field: &str, code: i32| {
        let number = u16::try_from(code);
        number.map_err(|_| mse(Refusal::invalid(field, format!("is {code}; it must be an HTTP status"))))
    };
    let multiple = match request.destination_type.as_deref().unwrap_or_default() {
        "Mock" => {
            let given = request.direct_response.clone().unwrap_or_default();
            let status = status("DirectResponseJSON.Code", given.code.unwrap_or(200))?;
            return Ok(Backend::Mock { status, body: given.body.unwrap_or_default() });
        }
        "Redirect" => {
            let given = request.redirect.clone().unwrap_or_default();
            return Ok(Backend::Redirect {
                status: status("RedirectJSON.Code", given.code.unwrap_or(302))?,
                host: given.host.unwrap_or_default(),
                path: given.path.unwrap_or_default(),
            });
        }
        other => other == "Multiple",
    };
    if request.services.is_empty() {
        let expected = if multiple { "must have at least one member" } else { "must have exactly one member" };
        return Err(mse(Refusal::invalid("Services", expected)));
    }
    let mut services = Vec::new();
    for (i, given) in request.services.iter().enumerate() {
        let field = format!("Services[{i}]");
        let found = named_service(account, gateway, given, &field).map_err(mse)?;
        let percent = if multiple { given.percent.unwrap_or(0) } else { 100 };
        services.push(WeightedService {
            service_id: found.id.clone(),
            // 0 and absent mean the endpoint's own.
            port: given.service_port.and_then(|port| u16::try_from(port).ok()).filter(|port| *port > 0),
            weight: u32::try_from(percent).unwrap_or(0),
            version: None,
        });
    }
    Ok(Backend::Services { services })
}

/// The service that a route names: by number, or by name with what else is given. Always one of this gateway.
fn named_service(
    account: &AccountState,
    gateway: &Gateway,
    given: &api::RouteService,
    field: &str,
) -> Result<Arc<Row<Service>>, Refusal> {
    if let Some(number) = given.service_id.filter(|number| *number != 0) {
        let found = service::by_number(account, gateway.id.as_str(), number).cloned();
        return found.ok_or_else(|| Refusal::not_found(Kind::Service, number.to_string()));
    }
    let name = given.name.as_deref().or(given.service_name.as_deref()).unwrap_or_default();
    if name.is_empty() {
        return Err(Refusal::invalid(format!("{field}.ServiceId"), "or `Name` must be given"));
    }
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    let mut found = service::of_gateway(account, gateway.id.as_str());
    found.retain(|service| {
        service.name == name
            && is(&given.source_type, service.source.type_name())
            && is(&given.namespace, &service.namespace)
            && is(&given.group_name, &service.group_name)
    });
    if found.len() > 1 {
        let expected = format!("is `{name}`, which several services are called; give `ServiceId` or `SourceType`");
        return Err(Refusal::invalid(format!("{field}.Name"), expected));
    }
    found.pop().ok_or_else(|| Refusal::not_found(Kind::Service, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_in_their_real_and_in_their_right_spelling() {
        for (kind, read) in [
            ("EQUAL", TextMatch::Exact),
            ("PRE", TextMatch::Prefix),
            ("ERGULAR", TextMatch::Regex),
            ("REGULAR", TextMatch::Regex),
        ] {
            assert_eq!(text_match(kind), read);
        }
    }

    #[test]
    fn a_route_without_conditions_takes_every_request() {
        assert_eq!(matches(api::RoutePredicates::default()), RouteMatch::default());
    }
}

//! Routes as answers show them.

use super::times;
use crate::state::AccountState;
use ramgate_api::mse as api;
use ramgate_model::{Backend, Domain, Gateway, Route, RouteMatch, RouteSpec, Service, TextMatch, ValueMatch};
use std::sync::Arc;

/// 0 not published, 3 published, 4 changed since it was published.
pub(super) fn status(route: &Route) -> i32 {
    match (&route.published, route.has_unpublished_changes()) {
        (None, _) => 0,
        (Some(_), false) => 3,
        (Some(_), true) => 4,
    }
}

/// The service that gets traffic first.
pub(super) fn first_service<'a>(account: &'a AccountState, spec: &RouteSpec) -> Option<&'a Service> {
    let first = spec.services().next()?;
    account.get::<Service>(first.service_id.as_str()).map(|row| &row.value)
}

/// Whether a route answers to every host name.
fn is_on_default_domain(spec: &RouteSpec) -> bool {
    (spec.hosts.is_empty() && spec.domain_ids.is_empty()) || spec.hosts.iter().any(|host| host == "*")
}

fn domains<'a>(account: &'a AccountState, spec: &'a RouteSpec) -> impl Iterator<Item = &'a Domain> {
    spec.domain_ids.iter().filter_map(|id| account.get::<Domain>(id.as_str())).map(|row| &row.value)
}

/// Domains by number, 0 for the default one.
pub(super) fn domain_numbers(account: &AccountState, spec: &RouteSpec) -> Vec<i64> {
    let default = is_on_default_domain(spec).then_some(0);
    default.into_iter().chain(domains(account, spec).map(|domain| domain.number)).collect()
}

/// The host names: of the domains, and those that need none.
pub(super) fn domain_names(account: &AccountState, spec: &RouteSpec) -> Vec<String> {
    let default = is_on_default_domain(spec).then(|| "*".to_owned());
    let own = spec.hosts.iter().filter(|host| *host != "*").cloned();
    default.into_iter().chain(domains(account, spec).map(|domain| domain.name.clone())).chain(own).collect()
}

/// `Op` for routes of the gateway; routes of HTTP APIs are told apart, as they are not changed here.
fn kind(route: &Route) -> &'static str {
    if route.http_api_id.is_some() { "HttpApi" } else { "Op" }
}

fn destination_type(spec: &RouteSpec) -> &'static str {
    match &spec.backend {
        Backend::Services { services } if services.len() > 1 => "Multiple",
        Backend::Services { .. } | Backend::None => "Single",
        Backend::Mock { .. } => "Mock",
        Backend::Redirect { .. } => "Redirect",
    }
}

fn direct_response(spec: &RouteSpec) -> Option<api::DirectResponse> {
    match &spec.backend {
        Backend::Mock { status, body } => {
            Some(api::DirectResponse { body: Some(body.clone()), code: Some((*status).into()) })
        }
        _ => None,
    }
}

fn redirect(spec: &RouteSpec) -> Option<api::Redirect> {
    let Backend::Redirect { status, host, path } = &spec.backend else { return None };
    Some(api::Redirect { code: Some((*status).into()), host: Some(host.clone()), path: Some(path.clone()) })
}

fn services(account: &AccountState, spec: &RouteSpec) -> Vec<api::RouteService> {
    let of = |used: &ramgate_model::WeightedService| {
        let stored: Option<&Arc<_>> = account.get::<Service>(used.service_id.as_str());
        api::RouteService {
            agreement_type: stored.map(|s| s.protocol.as_str().to_owned()),
            group_name: stored.map(|s| s.group_name.clone()).filter(|g| !g.is_empty()),
            health_status: Some("Unknown".to_owned()),
            name: stored.map(|s| s.name.clone()),
            namespace: stored.map(|s| s.namespace.clone()).filter(|n| !n.is_empty()),
            percent: i32::try_from(used.weight).ok(),
            service_id: stored.map(|s| s.number),
            service_name: stored.map(|s| s.name.clone()),
            service_port: used.port.map(i32::from),
            source_type: stored.map(|s| s.source.type_name().to_owned()),
            version: used.version.clone(),
            ..api::RouteService::default()
        }
    };
    spec.services().map(of).collect()
}

fn predicates(matches: &RouteMatch) -> api::RoutePredicates {
    let kind = |kind: TextMatch| {
        match kind {
            TextMatch::Exact => "EQUAL",
            TextMatch::Prefix => "PRE",
            // So it is spelt on the wire.
            TextMatch::Regex => "ERGULAR",
        }
        .to_owned()
    };
    let conditions = |list: &[ValueMatch]| {
        let of =
            |m: &ValueMatch| api::ValuePredicate { key: m.key.clone(), kind: kind(m.kind), value: m.value.clone() };
        list.iter().map(of).collect()
    };
    api::RoutePredicates {
        header_predicates: conditions(&matches.headers),
        method_predicates: matches.methods.clone(),
        path_predicates: Some(api::PathPredicate {
            ignore_case: Some(matches.path.ignore_case),
            path: matches.path.value.clone(),
            kind: kind(matches.path.kind),
        }),
        query_predicates: conditions(&matches.queries),
    }
}

fn json_text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// In a list. It shows the draft; the status tells whether that is what carries traffic.
pub(super) fn summary(account: &AccountState, gateway: &Gateway, route: &Route) -> api::RouteSummary {
    let spec = &route.draft;
    let (first, route_services) = (first_service(account, spec), services(account, spec));
    let (numbers, names) = (domain_numbers(account, spec), domain_names(account, spec));
    let predicates = predicates(&spec.matches);
    api::RouteSummary {
        comment: None,
        default_service_id: first.map(|service| service.number),
        default_service_name: first.map(|service| service.name.clone()),
        destination_type: destination_type(spec).to_owned(),
        direct_response: direct_response(spec),
        domain_id: numbers.first().copied(),
        domain_id_list: numbers,
        domain_name: names.first().cloned(),
        domain_name_list: names,
        dynamic_route: false,
        enable_waf: Some("false".to_owned()),
        fallback: false,
        fallback_services: Vec::new(),
        gateway_id: gateway.number,
        gateway_unique_id: gateway.id.to_string(),
        gmt_create: times::zoned(route.created_at),
        gmt_modified: times::zoned(route.updated_at),
        id: route.number,
        name: route.name.clone(),
        predicates: json_text(&predicates),
        redirect: redirect(spec),
        route_order: i32::try_from(spec.order).unwrap_or(i32::MAX),
        route_predicates: Some(predicates),
        services: json_text(&route_services),
        route_services,
        status: status(route),
        kind: kind(route).to_owned(),
    }
}

/// One route. None of its policies can be on yet.
pub(super) fn detail(account: &AccountState, gateway: &Gateway, route: &Route) -> api::RouteDetail {
    let shown = summary(account, gateway, route);
    api::RouteDetail {
        default_service_id: shown.default_service_id,
        default_service_name: shown.default_service_name,
        description: Some(route.description.clone()).filter(|d| !d.is_empty()),
        destination_type: shown.destination_type,
        direct_response: shown.direct_response,
        domain_id: shown.domain_id,
        domain_id_list: shown.domain_id_list,
        domain_name: shown.domain_name,
        domain_name_list: shown.domain_name_list,
        gateway_id: shown.gateway_id,
        gateway_unique_id: shown.gateway_unique_id,
        gmt_create: shown.gmt_create,
        gmt_modified: shown.gmt_modified,
        id: shown.id,
        name: shown.name,
        predicates: shown.predicates,
        redirect: shown.redirect,
        route_order: shown.route_order,
        route_predicates: shown.route_predicates,
        route_services: shown.route_services,
        services: shown.services,
        status: shown.status,
        ..api::RouteDetail::default()
    }
}

/// One that is gone, as it was last.
pub(super) fn deleted(account: &AccountState, gateway: &Gateway, route: &Route) -> api::DeletedRoute {
    let shown = summary(account, gateway, route);
    api::DeletedRoute {
        default_service_id: shown.default_service_id,
        gateway_id: shown.gateway_id,
        gateway_unique_id: shown.gateway_unique_id,
        gmt_create: shown.gmt_create,
        gmt_modified: shown.gmt_modified,
        id: shown.id,
        name: shown.name,
        predicates: Some(shown.predicates),
        route_order: shown.route_order,
        status: shown.status,
    }
}

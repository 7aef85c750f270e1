//! Routes: drafts that the APIs edit, published when they are to carry traffic.

use super::gateway::Cascade;
use super::{Kind, Refusal, domain, environment, gateway, http_api, service};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_model::{Backend, Route, RouteSpec};
use ramgate_routing::validate_route_spec;
use std::cmp::Reverse;
use std::sync::Arc;

/// Names are unique in their HTTP API, or in their gateway for routes without one.
fn scope(route: &Route) -> String {
    match (&route.http_api_id, &route.gateway_id) {
        (Some(api), _) => api.to_string(),
        (None, Some(gateway)) => gateway.to_string(),
        (None, None) => "account".to_owned(),
    }
}

/// The route with this id.
pub(crate) fn find<'a>(account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<Route>>, Refusal> {
    account.get::<Route>(id).ok_or_else(|| Refusal::not_found(Kind::Route, id))
}

/// The route with this MSE number, of this gateway and no other.
pub(crate) fn by_number<'a>(account: &'a AccountState, gateway_id: &str, number: i64) -> Option<&'a Arc<Row<Route>>> {
    let mut found = account.table::<Route>().indexed(&format!("number/{number}"));
    found.find(|route| route.gateway_id.as_ref().is_some_and(|id| id.as_str() == gateway_id))
}

/// Routes filed under `gateway/<id>` or `http-api/<id>`, newest first.
pub(crate) fn under(account: &AccountState, entry: &str) -> Vec<Arc<Row<Route>>> {
    let mut all: Vec<_> = account.table::<Route>().indexed(entry).cloned().collect();
    all.sort_by_key(|row| Reverse((row.created_at, row.number)));
    all
}

/// Checks a route's name: it becomes part of store keys.
pub(crate) fn check_name(name: &str) -> Result<(), Refusal> {
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    match name.chars().count() {
        1..=128 if name.chars().all(legal) => Ok(()),
        _ => Err(Refusal::invalid("name", "must have 1 to 128 letters, digits, `-`, `_`, `.` or `:`")),
    }
}

/// What holds for every spec: its values, and that services and domains it names exist on the route's gateway.
fn check(tx: &mut Tx, route: &Route, spec: &RouteSpec) -> Result<(), Refusal> {
    if let Some(problem) = validate_route_spec(spec).into_iter().next() {
        return Err(Refusal::invalid(problem.field, problem.message));
    }
    for used in spec.services() {
        let row = service::find(tx.account(), used.service_id.as_str())?.clone();
        // Another gateway's service is not this route's to use, and its owner could not tell why it cannot be deleted.
        if route.gateway_id.as_ref().is_some_and(|id| *id != row.gateway_id) {
            return Err(Refusal::not_found(Kind::Service, used.service_id.as_str()));
        }
        // A gateway that goes takes its services along; a draft that is not placed must not come to name them then.
        if route.gateway_id.is_none() {
            gateway::hold(tx, row.gateway_id.as_str())?;
        }
        tx.require(&row)?;
    }
    for id in &spec.domain_ids {
        let row = domain::find(tx.account(), id.as_str())?.clone();
        if row.gateway_id.is_some() && row.gateway_id != route.gateway_id {
            return Err(Refusal::not_found(Kind::Domain, id.as_str()));
        }
        tx.require(&row)?;
    }
    Ok(())
}

/// Adds a route.
pub(crate) async fn create(cx: &Cx, route: Route) -> Result<Route, Refusal> {
    check_name(&route.name)?;
    cx.change(|tx| {
        if let Some(gateway_id) = &route.gateway_id {
            gateway::hold(tx, gateway_id.as_str())?;
        }
        if let Some(api_id) = &route.http_api_id {
            let api = http_api::find(tx.account(), api_id.as_str())?.clone();
            tx.require(&api)?;
        }
        if let Some(environment_id) = &route.environment_id {
            let environment = environment::find(tx.account(), environment_id.as_str())?.clone();
            tx.require(&environment)?;
        }
        check(tx, &route, &route.draft)?;
        if tx.account().named::<Route>(&scope(&route), &route.name).is_some() {
            return Err(Refusal::Duplicate { kind: Kind::Route, name: route.name.clone() });
        }
        let taken = || ramgate_api::codes::CONCURRENT_CHANGE.error();
        tx.claim::<Route>(&scope(&route), &route.name, route.id.as_str(), taken)?;
        tx.create(&route)?;
        Ok(route.clone())
    })
    .await
}

/// Changes a route. Its name, API and gateway stay, except that a route without a gateway may get one with its environment.
pub(crate) async fn update(
    cx: &Cx,
    id: &str,
    change: impl Fn(&AccountState, &mut Route) -> Result<(), Refusal>,
) -> Result<Route, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let mut route = row.value.clone();
        let account = tx.account().clone();
        change(&account, &mut route)?;
        route.updated_at = cx.now();
        if let Some(gateway_id) = &route.gateway_id {
            gateway::hold(tx, gateway_id.as_str())?;
        }
        if let Some(environment_id) = &route.environment_id {
            let environment = environment::find(tx.account(), environment_id.as_str())?.clone();
            tx.require(&environment)?;
        }
        let draft = route.draft.clone();
        check(tx, &route, &draft)?;
        if let Some(live) = route.published.clone().filter(|live| *live != draft) {
            check(tx, &route, &live)?;
        }
        tx.update(&row, &route)?;
        Ok(route)
    })
    .await
}

/// Makes the draft live.
pub(crate) async fn publish(cx: &Cx, id: &str) -> Result<Route, Refusal> {
    update(cx, id, |_, route| {
        if route.gateway_id.is_none() {
            return Err(Refusal::invalid("environmentId", "must be set before a route is published"));
        }
        if matches!(route.draft.backend, Backend::None) {
            return Err(Refusal::invalid("backendConfig", "must be set before a route is published"));
        }
        route.published = Some(route.draft.clone());
        Ok(())
    })
    .await
}

/// Takes a route out of traffic; done already is done.
pub(crate) async fn unpublish(cx: &Cx, id: &str) -> Result<Route, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let mut route = row.value.clone();
        if route.published.take().is_some() {
            route.updated_at = cx.now();
            tx.update(&row, &route)?;
        }
        Ok(route)
    })
    .await
}

/// Deletes a route.
pub(crate) async fn delete(cx: &Cx, id: &str, cascade: Cascade) -> Result<Route, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        if cascade == Cascade::RefuseLive && row.published.is_some() {
            let by = "its deployment; undeploy it first".to_owned();
            return Err(Refusal::InUse { kind: Kind::Route, id: id.to_owned(), by });
        }
        remove(tx, &row)?;
        Ok(row.value.clone())
    })
    .await
}

/// Removes a route and its name.
pub(super) fn remove(tx: &mut Tx, route: &Row<Route>) -> Result<(), ApiError> {
    tx.release::<Route>(&scope(route), &route.name)?;
    tx.delete(route)
}

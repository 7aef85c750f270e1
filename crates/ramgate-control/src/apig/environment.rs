//! Environments.

use super::{apig, gateway as face};
use crate::dispatch::Authorized;
use crate::gateways::{environment, page};
use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::apig as api;
use ramgate_api::{ApiError, Empty};
use ramgate_model::{Environment, Gateway, Route};

pub(super) async fn create(
    cx: Cx,
    call: Authorized<api::CreateEnvironment>,
) -> Result<api::CreateEnvironmentResponse, ApiError> {
    let request = call.request;
    let (description, group) = (request.description.unwrap_or_default(), request.resource_group_id.unwrap_or_default());
    let made = environment::create(&cx, &request.gateway_id, &request.name, &request.alias, &description, &group).await;
    let made = made.map_err(apig)?;
    Ok(api::CreateEnvironmentResponse { environment_id: made.id.to_string() })
}

pub(super) async fn get(cx: Cx, call: Authorized<api::GetEnvironment>) -> Result<api::Environment, ApiError> {
    let account = cx.account();
    let row = environment::find(&account, &call.request.environment_id).map_err(apig)?;
    let mut shown = shown(&account, row);
    if call.request.with_statistics == Some(true) {
        let live = account.table::<Route>().indexed(&format!("environment/{}", row.id));
        let n = i32::try_from(live.filter(|r| r.published.is_some()).count()).unwrap_or(i32::MAX);
        let route = api::ResourceStatistic { resource_count: n, resource_type: "HttpApiRoute".to_owned() };
        shown.statistics_info = Some(api::EnvironmentStatistics { resource_statistics: vec![route], total_count: n });
    }
    Ok(shown)
}

pub(super) async fn list(
    cx: Cx,
    call: Authorized<api::ListEnvironments>,
) -> Result<api::ListEnvironmentsResponse, ApiError> {
    let request = call.request;
    let account = cx.account();
    let contains = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| value.contains(w));
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|w| w.is_empty() || w == value);
    let mut found: Vec<_> = account.table::<Environment>().iter().cloned().collect();
    found.retain(|environment| {
        let gateway = account.get::<Gateway>(environment.gateway_id.as_str());
        let gateway_name = gateway.map(|g| g.name.as_str()).unwrap_or_default();
        let gateway_type = gateway.map(|g| face::type_name(g.gateway_type)).unwrap_or_default();
        is(&request.gateway_id, environment.gateway_id.as_str())
            && is(&request.gateway_type, gateway_type)
            && is(&request.resource_group_id, &environment.resource_group_id)
            && contains(&request.alias_like, &environment.alias)
            && contains(&request.name_like, &environment.name)
            && contains(&request.gateway_name_like, gateway_name)
    });
    found.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
    let page = page(found, request.page_number, request.page_size, 100);
    Ok(api::ListEnvironmentsResponse {
        items: page.items.iter().map(|row| shown(&account, row)).collect(),
        page_number: page.page_number,
        page_size: page.page_size,
        total_size: page.total.into(),
    })
}

pub(super) async fn update(cx: Cx, call: Authorized<api::UpdateEnvironment>) -> Result<Empty, ApiError> {
    let request = call.request;
    let description = request.description.as_deref();
    environment::update(&cx, &request.environment_id, Some(&request.alias), description).await.map_err(apig)?;
    Ok(Empty)
}

pub(super) async fn delete(cx: Cx, call: Authorized<api::DeleteEnvironment>) -> Result<Empty, ApiError> {
    environment::delete(&cx, &call.request.environment_id).await.map_err(apig)?;
    Ok(Empty)
}

/// The host names of an environment as answers show them.
pub(super) fn sub_domains(environment: &Environment) -> Vec<api::SubDomainInfo> {
    let of = |name: &String| api::SubDomainInfo {
        domain_id: None,
        name: Some(name.clone()),
        network_type: Some(if name.contains("-vpc.") { "Intranet" } else { "Internet" }.to_owned()),
        protocol: Some("HTTP".to_owned()),
    };
    environment.sub_domains.iter().map(of).collect()
}

fn shown(account: &AccountState, environment: &Environment) -> api::Environment {
    api::Environment {
        alias: environment.alias.clone(),
        create_timestamp: environment.created_at,
        default: environment.is_default,
        description: Some(environment.description.clone()).filter(|d| !d.is_empty()),
        environment_id: environment.id.to_string(),
        gateway_info: account.get::<Gateway>(environment.gateway_id.as_str()).map(|g| face::info(g)),
        name: environment.name.clone(),
        resource_group_id: Some(environment.resource_group_id.clone()).filter(|g| !g.is_empty()),
        statistics_info: None,
        sub_domain_infos: sub_domains(environment),
        update_timestamp: environment.updated_at,
    }
}

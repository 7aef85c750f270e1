//! Environments: where HTTP APIs of a gateway are deployed to. Each gateway has a default one from its creation on.

use super::{Kind, Refusal, gateway};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_model::{Environment, EnvironmentId, Gateway, NetworkType, Route};
use std::sync::Arc;

/// Names of environments are unique in their gateway.
fn scope(environment: &Environment) -> &str {
    environment.gateway_id.as_str()
}

/// The environment with this id.
pub(crate) fn find<'a>(account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<Environment>>, Refusal> {
    account.get::<Environment>(id).ok_or_else(|| Refusal::not_found(Kind::Environment, id))
}

/// The default environment of a gateway in the making.
pub(super) fn default_of(cx: &Cx, gateway: &Gateway, id: EnvironmentId) -> Environment {
    Environment {
        sub_domains: sub_domains(cx, gateway, &id),
        id,
        gateway_id: gateway.id.clone(),
        name: "default".to_owned(),
        alias: "default".to_owned(),
        description: String::new(),
        is_default: true,
        resource_group_id: gateway.resource_group_id.clone(),
        created_at: cx.now(),
        updated_at: cx.now(),
    }
}

/// Host names of an environment: for the internet, for inside, or both.
fn sub_domains(cx: &Cx, gateway: &Gateway, id: &EnvironmentId) -> Vec<String> {
    let (region, suffix) = (cx.region(), &cx.config().domain_suffix);
    let internet = format!("{id}.{region}.{suffix}");
    let intranet = format!("{id}.{region}-vpc.{suffix}");
    match gateway.network_type {
        NetworkType::Internet => vec![internet],
        NetworkType::Intranet => vec![intranet],
        NetworkType::InternetAndIntranet => vec![internet, intranet],
    }
}

/// Writes an environment and claims its name.
pub(super) fn add(tx: &mut Tx, environment: &Environment) -> Result<(), Refusal> {
    let (scope, name) = (scope(environment), environment.name.as_str());
    if tx.account().named::<Environment>(scope, name).is_some() {
        return Err(Refusal::Duplicate { kind: Kind::Environment, name: name.to_owned() });
    }
    tx.claim::<Environment>(scope, name, environment.id.as_str(), || ramgate_api::codes::CONCURRENT_CHANGE.error())?;
    Ok(tx.create(environment)?)
}

/// Removes an environment and its name.
pub(super) fn remove(tx: &mut Tx, environment: &Row<Environment>) -> Result<(), ApiError> {
    tx.release::<Environment>(scope(environment), &environment.name)?;
    tx.delete(environment)
}

/// Makes an environment of a gateway. The name becomes part of store keys: letters, digits, `-`, `_`, `.`.
pub(crate) async fn create(
    cx: &Cx,
    gateway_id: &str,
    name: &str,
    alias: &str,
    description: &str,
    resource_group_id: &str,
) -> Result<Environment, Refusal> {
    let legal = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    if !(1..=64).contains(&name.len()) || !name.bytes().all(legal) {
        return Err(Refusal::invalid("name", "must have 1 to 64 letters, digits, `-`, `_` or `.`"));
    }
    let id = cx.ids().environment();
    cx.change(|tx| {
        let gateway = gateway::hold(tx, gateway_id)?;
        let environment = Environment {
            id: id.clone(),
            gateway_id: gateway.id.clone(),
            name: name.to_owned(),
            alias: alias.to_owned(),
            description: description.to_owned(),
            is_default: false,
            sub_domains: sub_domains(cx, &gateway, &id),
            resource_group_id: resource_group_id.to_owned(),
            created_at: cx.now(),
            updated_at: cx.now(),
        };
        add(tx, &environment)?;
        Ok(environment)
    })
    .await
}

/// Changes alias and description.
pub(crate) async fn update(
    cx: &Cx,
    id: &str,
    alias: Option<&str>,
    description: Option<&str>,
) -> Result<Environment, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let mut environment = row.value.clone();
        if let Some(alias) = alias {
            environment.alias = alias.to_owned();
        }
        if let Some(description) = description {
            environment.description = description.to_owned();
        }
        environment.updated_at = cx.now();
        tx.update(&row, &environment)?;
        Ok(environment)
    })
    .await
}

/// Deletes an environment that nothing is deployed to.
pub(crate) async fn delete(cx: &Cx, id: &str) -> Result<(), Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        if row.is_default {
            return Err(Refusal::DefaultEnvironment);
        }
        let user = tx.account().table::<Route>().indexed(&format!("environment/{id}")).next().cloned();
        if let Some(route) = user {
            let by = format!("the route `{}`", route.name);
            return Err(Refusal::InUse { kind: Kind::Environment, id: id.to_owned(), by });
        }
        tx.unchanged::<Route>()?;
        Ok(remove(tx, &row)?)
    })
    .await
}

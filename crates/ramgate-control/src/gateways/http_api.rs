//! HTTP APIs: named collections of routes, of one gateway or of none in particular.

use super::{Kind, Refusal, gateway, route};
use crate::node::Cx;
use crate::state::{AccountState, Row};
use crate::transact::Tx;
use ramgate_api::ApiError;
use ramgate_model::{HttpApi, Route};
use std::sync::Arc;

/// Names are unique in the account; the versions of one API share theirs, told apart by the version.
const SCOPE: &str = "account";

/// The version, where the API has versions.
fn version_of(api: &HttpApi) -> Option<&str> {
    let config = api.version_config.as_ref()?;
    let is_on = config.get("enable").and_then(serde_json::Value::as_bool) == Some(true);
    config.get("version").and_then(serde_json::Value::as_str).filter(|version| is_on && !version.is_empty())
}

/// The claim of an API's name.
fn claim_of(api: &HttpApi) -> String {
    match version_of(api) {
        Some(version) => format!("{}/versions/{version}", api.name),
        None => format!("{}/unversioned", api.name),
    }
}

/// The API with this id.
pub(crate) fn find<'a>(account: &'a AccountState, id: &str) -> Result<&'a Arc<Row<HttpApi>>, Refusal> {
    account.get::<HttpApi>(id).ok_or_else(|| Refusal::not_found(Kind::HttpApi, id))
}

/// Checks a name: it becomes part of store keys.
pub(crate) fn check_name(name: &str) -> Result<(), Refusal> {
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    match name.chars().count() {
        1..=64 if name.chars().all(legal) => Ok(()),
        _ => Err(Refusal::invalid("name", "must have 1 to 64 letters, digits, `-`, `_` or `.`")),
    }
}

/// Checks a base path.
pub(crate) fn check_base_path(path: &str) -> Result<(), Refusal> {
    let legal =
        path.starts_with('/') && path.len() <= 256 && !path.chars().any(|c| c.is_whitespace() || c.is_control());
    if legal && !path.contains(['?', '#']) {
        return Ok(());
    }
    Err(Refusal::invalid("basePath", "must begin with `/` and have at most 256 bytes, no blank, `?` or `#`"))
}

/// Writes a new API and claims its name.
pub(crate) async fn create(cx: &Cx, api: HttpApi) -> Result<HttpApi, Refusal> {
    cx.change(|tx| {
        if let Some(gateway_id) = &api.gateway_id {
            gateway::hold(tx, gateway_id.as_str())?;
        }
        claim(tx, &api)?;
        tx.create(&api)?;
        Ok(api.clone())
    })
    .await
}

fn claim(tx: &mut Tx, api: &HttpApi) -> Result<(), Refusal> {
    // It becomes part of store keys.
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if version_of(api).is_some_and(|version| version.chars().count() > 64 || !version.chars().all(legal)) {
        let expected = "must have 1 to 64 letters, digits, `-`, `_` or `.`";
        return Err(Refusal::invalid("versionConfig.version", expected));
    }
    let claim = claim_of(api);
    if tx.account().named::<HttpApi>(SCOPE, &claim).is_some() {
        return Err(Refusal::Duplicate { kind: Kind::HttpApi, name: api.name.clone() });
    }
    Ok(tx.claim::<HttpApi>(SCOPE, &claim, api.id.as_str(), || ramgate_api::codes::CONCURRENT_CHANGE.error())?)
}

/// Changes an API. Its name, type and gateway stay.
pub(crate) async fn update(
    cx: &Cx,
    id: &str,
    change: impl Fn(&mut HttpApi) -> Result<(), Refusal>,
) -> Result<HttpApi, Refusal> {
    cx.change(|tx| {
        let row = find(tx.account(), id)?.clone();
        let mut api = row.value.clone();
        change(&mut api)?;
        api.updated_at = cx.now();
        if claim_of(&api) != claim_of(&row) {
            claim(tx, &api)?;
            tx.release::<HttpApi>(SCOPE, &claim_of(&row))?;
        }
        tx.update(&row, &api)?;
        Ok(api)
    })
    .await
}

/// Removes an API and its name.
pub(super) fn remove(tx: &mut Tx, api: &Row<HttpApi>) -> Result<(), ApiError> {
    tx.release::<HttpApi>(SCOPE, &claim_of(api))?;
    tx.delete(api)
}

/// Routes removed in one transaction.
const AT_ONCE: usize = 60;

/// Deletes an API that is not deployed anywhere, with its routes.
pub(crate) async fn delete(cx: &Cx, id: &str) -> Result<(), Refusal> {
    loop {
        let done = cx
            .change(|tx| {
                let row = find(tx.account(), id)?.clone();
                let entry = format!("http-api/{id}");
                let routes: Vec<_> = tx.account().table::<Route>().indexed(&entry).cloned().collect();
                if let Some(live) = routes.iter().find(|route| route.published.is_some()) {
                    let by = format!("its deployed route `{}`", live.name);
                    return Err(Refusal::InUse { kind: Kind::HttpApi, id: id.to_owned(), by });
                }
                for route in routes.iter().take(AT_ONCE) {
                    route::remove(tx, route)?;
                }
                let last = routes.len() <= AT_ONCE;
                if last {
                    tx.unchanged::<Route>()?;
                    remove(tx, &row)?;
                }
                Ok(last)
            })
            .await?;
        // A dry run removes nothing, so its second round would be its first one again.
        if done || cx.is_dry_run() {
            return Ok(());
        }
    }
}

/// Removes an API with all its routes, also those that are not placed on a gateway. Done already is done.
pub(super) async fn purge(cx: &Cx, id: &str) -> Result<(), ApiError> {
    let entry = format!("http-api/{id}");
    loop {
        let done = cx
            .transact(|tx| {
                let Some(row) = tx.account().get::<HttpApi>(id).cloned() else { return Ok(true) };
                let routes: Vec<_> = tx.account().table::<Route>().indexed(&entry).take(AT_ONCE).cloned().collect();
                if routes.is_empty() {
                    tx.unchanged::<Route>()?;
                    remove(tx, &row)?;
                    return Ok(true);
                }
                routes.iter().try_for_each(|route| route::remove(tx, route))?;
                Ok(false)
            })
            .await?;
        if done {
            return Ok(());
        }
    }
}

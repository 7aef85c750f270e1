//! What principals did, from the audit log.

use crate::node::Cx;
use ramgate_analysis::PrincipalId;
use ramgate_analysis::least::Used;
use ramgate_analysis::lint::Usage;
use ramgate_api::{ApiError, codes};
use ramgate_audit::{CallRecord, Decision, Entry, Filter, Page, PrincipalKind};
use ramgate_policy::{Context, Timestamp};

/// Calls that are looked at at most; the newest count.
const MOST_CALLS: usize = 1_000_000;

/// What one principal did since `from` and was allowed to.
pub(super) async fn of(cx: &Cx, principal: &PrincipalId, from: i64) -> Result<Vec<Used>, ApiError> {
    let mut used = Vec::new();
    // Sessions are recorded under the role's name and theirs.
    let arn = match principal {
        PrincipalId::User(name) => format!("acs:ram::{}:user/{name}", cx.account_id()),
        PrincipalId::Role(name) => {
            format!("acs:ram::{}:assumed-role/{}/*", cx.account_id(), name.to_ascii_lowercase())
        }
    };
    each(cx, Some(arn), from, |call| {
        for resource in &call.resources {
            used.push(Used {
                action: call.action.clone(),
                resource: resource.clone(),
                context: context(call),
                count: 1,
                last_used: Some(Timestamp::from_unix(call.time.div_euclid(1000))),
            });
        }
    })
    .await?;
    Ok(used)
}

/// Which actions everyone used since `from`, and when last.
pub(super) async fn of_everyone(cx: &Cx, from: i64) -> Result<Usage, ApiError> {
    let mut usage = Usage::new();
    let account = cx.account();
    // Whoever has no record did nothing, which is not the same as not having been looked at.
    for user in account.table::<ramgate_model::User>().iter() {
        usage.insert(PrincipalId::User(user.name.clone()), Default::default());
    }
    for role in account.table::<ramgate_model::Role>().iter() {
        usage.insert(PrincipalId::Role(role.name.clone()), Default::default());
    }
    each(cx, None, from, |call| {
        let principal = match call.principal.kind {
            PrincipalKind::User => PrincipalId::User(call.principal.name.clone()),
            PrincipalKind::AssumedRole => {
                let role = call.principal.name.split('/').next().unwrap_or_default();
                PrincipalId::Role(role.to_owned())
            }
            _ => return,
        };
        let Some(actions) = usage.get_mut(&principal) else { return };
        let time = Timestamp::from_unix(call.time.div_euclid(1000));
        let last = actions.entry(call.action.clone()).or_insert(time);
        *last = time.max(*last);
    })
    .await?;
    Ok(usage)
}

/// Every call that was allowed.
async fn each(cx: &Cx, principal: Option<String>, from: i64, mut see: impl FnMut(&CallRecord)) -> Result<(), ApiError> {
    let filter = Filter {
        from: Some(from),
        account_id: Some(cx.account_id().to_string()),
        principal,
        decisions: vec![Decision::Allowed],
        ..Filter::default()
    };
    let mut page = Page { limit: 1000, cursor: None };
    let mut n_seen = 0;
    loop {
        let found = cx.node.audit.query(filter.clone(), page).await;
        let found =
            found.map_err(|error| codes::SERVICE_UNAVAILABLE.with("The audit log cannot be read.").log(error))?;
        for Entry { call, .. } in &found.entries {
            if !call.action.is_empty() {
                see(call);
            }
        }
        n_seen += found.entries.len();
        match found.next {
            Some(cursor) if n_seen < MOST_CALLS => page = Page { limit: 1000, cursor: Some(cursor) },
            _ => return Ok(()),
        }
    }
}

/// The condition values of a call, as far as the log holds them.
fn context(call: &CallRecord) -> Context {
    Context {
        current_time: Some(Timestamp::from_unix(call.time.div_euclid(1000))),
        secure_transport: Some(call.secure),
        source_ip: call.source_ip,
        ..Context::default()
    }
}

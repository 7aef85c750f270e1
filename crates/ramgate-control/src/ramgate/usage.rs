//! What principals did, from the audit log of this installation.

use crate::node::Cx;
use ramgate_analysis::PrincipalId;
use ramgate_analysis::least::Used;
use ramgate_analysis::lint::Usage;
use ramgate_analysis::usage::{Call, EveryonesUses, Logged, MOST_CALLS, Uses, logged_as};
use ramgate_api::{ApiError, codes};
use ramgate_audit::{CallRecord, Decision, Entry, Filter, Page, PrincipalKind};
use ramgate_model::{Role, User};

/// What one principal did since `from` and was allowed to.
pub(super) async fn of(cx: &Cx, principal: &PrincipalId, from: i64) -> Result<Vec<Used>, ApiError> {
    let mut uses = Uses::default();
    let logged = logged_as(principal, cx.account_id().as_str());
    each(cx, Some(logged), from, |record| uses.count(&call(record))).await?;
    Ok(uses.into_used())
}

/// Which actions everyone used since `from`, and when last.
pub(super) async fn of_everyone(cx: &Cx, from: i64) -> Result<Usage, ApiError> {
    let account = cx.account();
    let users = account.table::<User>().iter().map(|user| PrincipalId::User(user.name.clone()));
    let roles = account.table::<Role>().iter().map(|role| PrincipalId::Role(role.name.clone()));
    let mut uses = EveryonesUses::of(users.chain(roles));
    each(cx, None, from, |record| match record.principal.kind {
        PrincipalKind::User => uses.count(Logged::User(&record.principal.name), &call(record)),
        PrincipalKind::AssumedRole => uses.count(Logged::Session(&record.principal.name), &call(record)),
        PrincipalKind::Root | PrincipalKind::Service | PrincipalKind::Anonymous => {}
    })
    .await?;
    Ok(uses.into_usage())
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

fn call(record: &CallRecord) -> Call<'_> {
    Call {
        action: &record.action,
        resources: &record.resources,
        time: record.time,
        source_ip: record.source_ip,
        secure: record.secure,
        access_key_id: record.access_key_id.as_deref(),
    }
}

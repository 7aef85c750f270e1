//! What principals did and were allowed to, from the audit log of a data directory.

use crate::error::CliError;
use crate::host::Host;
use ramgate_analysis::least::Used;
use ramgate_analysis::lint::Usage;
use ramgate_analysis::usage::{Call, EveryonesUses, Logged, MOST_CALLS, Uses, logged_as};
use ramgate_analysis::{Estate, PrincipalId};
use ramgate_audit::{CallRecord, Decision, Filter, MAX_PAGE, Page, PrincipalKind, Reader};
use std::path::Path;

/// What one principal did, oldest uses included, between two times in milliseconds since the Unix epoch.
pub(super) fn of(
    host: &mut Host<'_>,
    data_dir: &Path,
    principal: &PrincipalId,
    account_id: &str,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<Vec<Used>, CliError> {
    let filter = Filter { from, to, principal: Some(logged_as(principal, account_id)), ..Filter::default() };
    let mut uses = Uses::default();
    each(host, data_dir, filter, |record| uses.count(&call(record)))?;
    Ok(uses.into_used())
}

/// Which actions every principal of an estate used, and when last.
pub(super) fn of_everyone(host: &mut Host<'_>, data_dir: &Path, estate: &Estate, from: i64) -> Result<Usage, CliError> {
    let mut uses = EveryonesUses::of(estate.principals.iter().map(|one| one.id.clone()));
    let filter = Filter { from: Some(from), account_id: Some(estate.account_id.clone()), ..Filter::default() };
    each(host, data_dir, filter, |record| match record.principal.kind {
        PrincipalKind::User => uses.count(Logged::User(&record.principal.name), &call(record)),
        PrincipalKind::AssumedRole => uses.count(Logged::Session(&record.principal.name), &call(record)),
        PrincipalKind::Root | PrincipalKind::Service | PrincipalKind::Anonymous => {}
    })?;
    Ok(uses.into_usage())
}

/// Calls of known actions that were allowed, newest first.
fn each(
    host: &mut Host<'_>,
    data_dir: &Path,
    filter: Filter,
    mut see: impl FnMut(&CallRecord),
) -> Result<(), CliError> {
    let reader = Reader::open(data_dir.join("audit.db"))?;
    let filter = Filter { decisions: vec![Decision::Allowed], ..filter };
    let (mut cursor, mut seen) = (None, 0);
    loop {
        let page = reader.query(&filter, &Page { limit: MAX_PAGE, cursor })?;
        for entry in page.entries.iter().filter(|entry| entry.call.action.contains(':')) {
            see(&entry.call);
        }
        seen += page.entries.len();
        cursor = page.next;
        if cursor.is_none() {
            return Ok(());
        }
        if seen >= MOST_CALLS {
            host.remark("note", &format!("only the newest {seen} calls were looked at"))?;
            return Ok(());
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

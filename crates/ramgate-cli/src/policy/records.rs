//! What principals did and were allowed to, from the audit log of a data directory.

use crate::error::CliError;
use crate::host::Host;
use ramgate_analysis::least::Used;
use ramgate_analysis::lint::Usage;
use ramgate_analysis::{Estate, PrincipalId};
use ramgate_audit::{CallRecord, Decision, Filter, MAX_PAGE, Page, PrincipalKind, Reader};
use ramgate_policy::{Context, Timestamp};
use std::collections::BTreeMap;
use std::path::Path;

/// Calls that are looked at at most; the newest count.
const MOST_CALLS: usize = 1_000_000;

/// What one principal did, oldest uses included, between two times in milliseconds since the Unix epoch.
pub(super) fn of(
    host: &mut Host<'_>,
    data_dir: &Path,
    principal: &PrincipalId,
    account_id: &str,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<Vec<Used>, CliError> {
    // Sessions are recorded under the role's name and theirs.
    let arn = match principal {
        PrincipalId::User(name) => format!("acs:ram::{account_id}:user/{name}"),
        PrincipalId::Role(name) => format!("acs:ram::{account_id}:assumed-role/{}/*", name.to_ascii_lowercase()),
    };
    let filter = Filter { from, to, principal: Some(arn), ..Filter::default() };
    // Calls that differ only in their time count together as they come, so that a long log of few different calls stays
    // small. The time is that of the newest.
    let mut used: BTreeMap<(String, String, String), Used> = BTreeMap::new();
    each(host, data_dir, filter, |call| {
        let context = context(call);
        for resource in &call.resources {
            let facts = format!("{:?} {:?} {:?}", call.source_ip, call.secure, call.access_key_id);
            let one = used.entry((call.action.clone(), resource.clone(), facts)).or_insert_with(|| Used {
                action: call.action.clone(),
                resource: resource.clone(),
                context: context.clone(),
                count: 0,
                last_used: None,
            });
            one.count += 1;
            one.last_used = one.last_used.max(Some(at(call)));
        }
    })?;
    Ok(used.into_values().collect())
}

/// Which actions every principal of an estate used, and when last.
pub(super) fn of_everyone(host: &mut Host<'_>, data_dir: &Path, estate: &Estate, from: i64) -> Result<Usage, CliError> {
    // Who has no record did nothing, which is not the same as not having been looked at.
    let mut usage: Usage = estate.principals.iter().map(|one| (one.id.clone(), BTreeMap::new())).collect();
    let roles: BTreeMap<String, PrincipalId> = estate
        .principals
        .iter()
        .filter(|one| matches!(one.id, PrincipalId::Role(_)))
        .map(|one| (one.id.name().to_ascii_lowercase(), one.id.clone()))
        .collect();
    let filter = Filter { from: Some(from), account_id: Some(estate.account_id.clone()), ..Filter::default() };
    each(host, data_dir, filter, |call| {
        let principal = match call.principal.kind {
            PrincipalKind::User => Some(PrincipalId::User(call.principal.name.clone())),
            PrincipalKind::AssumedRole => {
                let role = call.principal.name.split('/').next().unwrap_or_default();
                roles.get(&role.to_ascii_lowercase()).cloned()
            }
            PrincipalKind::Root | PrincipalKind::Service | PrincipalKind::Anonymous => None,
        };
        let Some(actions) = principal.and_then(|principal| usage.get_mut(&principal)) else { return };
        let last = actions.entry(call.action.clone()).or_insert(at(call));
        *last = (*last).max(at(call));
    })?;
    Ok(usage)
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

fn at(call: &CallRecord) -> Timestamp {
    Timestamp::from_unix(call.time.div_euclid(1000))
}

/// The condition values that a record has.
fn context(call: &CallRecord) -> Context {
    Context {
        current_time: Some(at(call)),
        secure_transport: Some(call.secure),
        source_ip: call.source_ip,
        access_id: call.access_key_id.as_deref().map(Into::into),
        ..Context::default()
    }
}

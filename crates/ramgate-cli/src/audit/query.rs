//! `ramgate audit query`.

use super::LogFile;
use super::moment::{Moment, Utc};
use crate::error::{Answer, CliError};
use crate::host::{Host, Paint};
use crate::text::{self, printable};
use clap::Args;
use ramgate_audit::{Cursor, Decision, Entry, Filter, MAX_PAGE, Page, Reader};
use std::io;
use std::ops::RangeInclusive;
use std::str::FromStr;

pub(super) const EXAMPLES: &str = "\
Examples:
  ramgate audit query --from 1h --decision denied
  ramgate audit query --principal alice --action 'apig:Delete*'
  ramgate audit query --resource '*:httpapi/api-1' --mutations --json
  ramgate audit query --from 2026-05-01 --to 2026-05-02T08:00:00+08:00";

/// Which calls.
#[derive(Args, Clone, Debug)]
pub struct QueryArgs {
    #[command(flatten)]
    log: LogFile,
    /// Calls at or after this time: `2026-05-01`, `2026-05-01T12:00:00Z`, or so long ago: `15m`, `2h`, `7d`
    #[arg(long, value_name = "TIME")]
    from: Option<Moment>,
    /// Calls before this time
    #[arg(long, value_name = "TIME")]
    to: Option<Moment>,
    /// The caller's name, id, resource name or access key id; `*` and `?` are wildcards
    #[arg(long, value_name = "WHO")]
    principal: Option<String>,
    /// The RAM action; `*` and `?` are wildcards
    #[arg(long)]
    action: Option<String>,
    /// A resource that the decision was about; `*` and `?` are wildcards
    #[arg(long, value_name = "ARN")]
    resource: Option<String>,
    /// How it was decided; repeat for several
    #[arg(long, value_enum)]
    decision: Vec<Wanted>,
    /// The HTTP status: `403`, `4xx`, `400-499`
    #[arg(long)]
    status: Option<Status>,
    /// The error code of a failed call; `*` and `?` are wildcards
    #[arg(long)]
    code: Option<String>,
    /// The request id
    #[arg(long, value_name = "ID")]
    request_id: Option<String>,
    /// The account
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// Only calls of operations that change something
    #[arg(long)]
    mutations: bool,
    /// Calls to show
    #[arg(long, value_name = "N", default_value = "50")]
    limit: usize,
    /// Go on where an earlier query has ended
    #[arg(long)]
    cursor: Option<Cursor>,
    /// Answer in JSON, one line per call
    #[arg(long)]
    json: bool,
}

/// Decisions to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Wanted {
    /// Allowed by a statement, or to the account itself
    Allowed,
    /// Denied, explicitly or implicitly
    Denied,
    /// Denied by a statement
    ExplicitDeny,
    /// Denied because no statement allows it
    ImplicitDeny,
    /// Failed before authorization, or needed none
    NotChecked,
}

impl Wanted {
    fn decisions(self) -> &'static [Decision] {
        match self {
            Self::Allowed => &[Decision::Allowed],
            Self::Denied => &[Decision::ExplicitDeny, Decision::ImplicitDeny],
            Self::ExplicitDeny => &[Decision::ExplicitDeny],
            Self::ImplicitDeny => &[Decision::ImplicitDeny],
            Self::NotChecked => &[Decision::NotChecked],
        }
    }
}

/// A range of HTTP statuses.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Status(RangeInclusive<u16>);

impl FromStr for Status {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || match text.strip_suffix("xx") {
            Some(hundreds) => {
                let first = hundreds.parse::<u16>().ok()?.checked_mul(100)?;
                Some(first..=first.checked_add(99)?)
            }
            None => {
                let (first, last) = text.split_once('-').unwrap_or((text, text));
                Some(first.parse().ok()?..=last.parse().ok()?)
            }
        };
        read().map(Self).ok_or("a status looks like `403`, `4xx` or `400-499`")
    }
}

pub(super) fn run(arguments: &QueryArgs, host: &mut Host<'_>) -> Answer {
    let reader = Reader::open(arguments.log.path())?;
    let now = host.now_ms();
    let filter = Filter {
        from: arguments.from.map(|moment| moment.resolve(now)),
        to: arguments.to.map(|moment| moment.resolve(now)),
        account_id: arguments.account.clone(),
        principal: arguments.principal.clone(),
        action: arguments.action.clone(),
        resource: arguments.resource.clone(),
        decisions: arguments.decision.iter().flat_map(|wanted| wanted.decisions()).copied().collect(),
        status: arguments.status.clone().map(|status| status.0),
        code: arguments.code.clone(),
        request_id: arguments.request_id.clone(),
        mutation_only: arguments.mutations,
    };
    let (mut cursor, mut shown) = (arguments.cursor, 0);
    while shown < arguments.limit {
        let page = reader.query(&filter, &Page { limit: (arguments.limit - shown).min(MAX_PAGE), cursor })?;
        for entry in &page.entries {
            if arguments.json {
                serde_json::to_writer(&mut *host.out, entry).map_err(io::Error::from)?;
                writeln!(host.out)?;
            } else {
                print(host, entry)?;
            }
        }
        shown += page.entries.len();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    match cursor {
        Some(cursor) => host.remark("note", &format!("there may be more calls, go on with --cursor {cursor}"))?,
        None if shown == 0 => host.remark("note", "no such calls")?,
        None => {}
    }
    Ok::<_, CliError>(true)
}

fn print(host: &mut Host<'_>, entry: &Entry) -> io::Result<()> {
    let (paint, width) = (host.paint(), host.terminal.width);
    let call = &entry.call;
    let action = [&call.action, &call.operation].into_iter().find(|name| !name.is_empty());
    let action = action.map_or_else(|| "(no operation)".to_owned(), |name| printable(name));
    let (status, code) = ending(paint, entry);
    writeln!(
        host.out,
        "{}  {}  {status}  {}  {}{code}",
        Utc(call.time),
        decision(paint, call.decision),
        paint.bold(&action),
        who(entry),
    )?;
    for resource in &call.resources {
        writeln!(host.out, "    on {}", printable(resource))?;
    }
    if let Some(by) = &call.decided_by {
        let layer = call.layer.as_ref().map_or(String::new(), |layer| format!(", {}", printable(layer)));
        let version = if by.version.is_empty() { String::new() } else { format!(" {}", printable(&by.version)) };
        let (policy, policy_type) = (printable(&by.policy), printable(&by.policy_type));
        writeln!(host.out, "    by Statement[{}] of {policy}{version} ({policy_type}{layer})", by.statement)?;
    }
    let line = text::hanging("    ", &details(entry), width);
    writeln!(host.out, "{}", paint.dim(&line))
}

fn who(entry: &Entry) -> String {
    let principal = &entry.call.principal;
    let name = [&principal.name, &principal.id].into_iter().find(|name| !name.is_empty());
    let key = || entry.call.access_key_id.as_ref().map(|key| format!(" with key {}", printable(key)));
    match name {
        Some(name) => format!("{} {}", principal.kind, printable(name)),
        None => format!("{}{}", principal.kind, key().unwrap_or_default()),
    }
}

fn decision(paint: Paint, decision: Decision) -> String {
    let text = text::pad(decision.as_str(), "implicit-deny".len());
    match decision {
        Decision::Allowed => paint.green(&text),
        Decision::ExplicitDeny | Decision::ImplicitDeny => paint.red(&text),
        Decision::NotChecked => paint.dim(&text),
    }
}

/// The status in three columns, and the error code.
fn ending(paint: Paint, entry: &Entry) -> (String, String) {
    match &entry.outcome {
        None => (paint.yellow("???"), paint.yellow("  outcome unknown")),
        Some(outcome) if outcome.status < 400 || outcome.code.is_empty() => (outcome.status.to_string(), String::new()),
        Some(outcome) => (outcome.status.to_string(), format!("  {}", paint.yellow(&printable(&outcome.code)))),
    }
}

fn details(entry: &Entry) -> String {
    let call = &entry.call;
    let mut parts = Vec::new();
    if let Some(address) = call.source_ip {
        parts.push(format!("from {address}{}", if call.secure { " over TLS" } else { "" }));
    }
    parts.push(format!("request {}", printable(&call.request_id)));
    if let Some(outcome) = &entry.outcome {
        parts.push(format!("{} µs", outcome.duration_us));
        if let Some(revision) = outcome.revision {
            parts.push(format!("revision {revision}"));
        }
    }
    parts.push(format!("record {}", entry.sequence));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_one_a_class_or_a_range() {
        for (text, expected) in [("403", 403..=403), ("4xx", 400..=499), ("400-404", 400..=404)] {
            assert_eq!(text.parse::<Status>().map(|status| status.0), Ok(expected));
        }
        for text in ["", "x", "xx", "4xxx", "70000", "700xx", "4-"] {
            assert!(text.parse::<Status>().is_err(), "{text}");
        }
    }
}

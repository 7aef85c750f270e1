//! `ramgate policy explain`: the decision and everything that led to it.

use super::ask::{AskArgs, ask};
use super::{corpus, outcome};
use crate::error::Answer;
use crate::host::{Host, Paint};
use crate::text;
use ramgate_policy::{AttachedEntity, Effect, Explanation, Layer, Matched, Miss, Outcome};
use serde::Serialize;
use std::io;

pub(super) const USAGE: &str = "\
ramgate policy explain [--json] CORPUS_FILE...
       ramgate policy explain [OPTIONS] --policy FILE... --action ACTION --resource ARN...";

pub(super) const EXAMPLES: &str = "\
Examples:
  ramgate policy explain --policy developer.json \\
      --action apig:DeleteHttpApi \\
      --resource acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
  ramgate policy explain --json --policy a.json b.json \\
      --action mse:GetGateway \\
      --resource acs:mse:cn-hangzhou:1000000000000001:instance/gw-1
  ramgate policy explain testdata/policies/12-source-ip.json

Exit status: 0, also for a refusal; 2 when a file cannot be used.";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Explained {
    outcome: Outcome,
    layer: Layer,
    explanations: Vec<Explanation>,
}

pub(super) fn run(arguments: &AskArgs, host: &mut Host<'_>) -> Answer {
    if !arguments.files.is_empty() {
        let report = corpus::check(host, &arguments.files)?;
        if arguments.json {
            host.json(&report)?;
        } else {
            print_corpus(host, &report)?;
        }
        return Ok(true);
    }
    let answered = ask(arguments, host)?;
    let decision = answered.decision;
    let explained = Explained { outcome: decision.outcome, layer: decision.layer, explanations: answered.explanations };
    if arguments.json {
        host.json(&explained)?;
        return Ok(true);
    }
    for explanation in &explained.explanations {
        print(host, explanation)?;
    }
    if explained.explanations.len() > 1 {
        let paint = host.paint();
        writeln!(host.out, "{}  all together", outcome(paint, explained.outcome))?;
    }
    Ok(true)
}

fn print_corpus(host: &mut Host<'_>, report: &corpus::Report) -> io::Result<()> {
    let paint = host.paint();
    for file in &report.files {
        writeln!(host.out, "{}  {}\n", paint.bold(&file.file), text::printable(&file.title))?;
        for request in &file.requests {
            if !request.note.is_empty() {
                writeln!(host.out, "{}", paint.dim(&format!("# {}", text::printable(&request.note))))?;
            }
            match &request.explanation {
                Some(explanation) => print(host, explanation)?,
                None => {
                    let by = request.statement.as_deref().unwrap_or("no statement");
                    writeln!(host.out, "{}  by {by} ({})\n", outcome(paint, request.outcome), request.layer)?;
                }
            }
            if !request.passed {
                writeln!(host.out, "{} the file expects {}\n", paint.red("FAIL"), request.expected)?;
            }
        }
    }
    Ok(())
}

fn print(host: &mut Host<'_>, explanation: &Explanation) -> io::Result<()> {
    let (paint, width) = (host.paint(), host.terminal.width);
    let Explanation { action, resource, .. } = explanation;
    let (action, resource) = (text::printable(action), text::printable(resource));
    writeln!(
        host.out,
        "{}  {} on {}",
        outcome(paint, explanation.outcome),
        paint.bold(&action),
        paint.bold(&resource)
    )?;
    writeln!(host.out, "{}", text::hanging("  ", &text::printable(&explanation.text), width))?;

    if !explanation.deciding.is_empty() {
        writeln!(host.out, "\n  decided by ({})", explanation.layer)?;
        for statement in &explanation.deciding {
            writeln!(host.out, "    {} {}", effect(paint, statement.effect), site(paint, statement))?;
        }
    }
    if !explanation.near_misses.is_empty() {
        writeln!(host.out, "\n  near misses")?;
        for near in &explanation.near_misses {
            writeln!(host.out, "    {} {}", effect(paint, near.statement.effect), site(paint, &near.statement))?;
            writeln!(host.out, "{}", text::hanging("          ", &text::printable(&miss(&near.miss)), width))?;
        }
    }
    if !explanation.not_applicable.is_empty() {
        writeln!(host.out, "\n  not understood")?;
        for one in &explanation.not_applicable {
            writeln!(host.out, "    {} {}", effect(paint, one.statement.effect), site(paint, &one.statement))?;
            writeln!(host.out, "{}", text::hanging("          ", &text::printable(&one.text), width))?;
            for reason in &one.reasons {
                writeln!(host.out, "{}", text::hanging("          - ", &text::printable(reason), width))?;
            }
        }
    }
    writeln!(host.out)
}

fn effect(paint: Paint, effect: Effect) -> String {
    match effect {
        Effect::Allow => paint.green("Allow"),
        Effect::Deny => paint.red("Deny "),
    }
}

/// The statement's place; of policies given as files, one that editors open. Then how it came to count, where that is
/// not plain.
fn site(paint: Paint, statement: &Matched) -> String {
    let Matched { policy_name, place, line, column, .. } = statement;
    let by = match &statement.attached_entity {
        AttachedEntity::Group(name) => format!(" of the group {}", text::printable(name)),
        AttachedEntity::ResourceDirectoryTarget(id) => format!(" of the target {}", text::printable(id)),
        AttachedEntity::Session => " of the session".to_owned(),
        AttachedEntity::User | AttachedEntity::Role => String::new(),
    };
    format!("{}:{line}:{column} {}{by}", text::printable(policy_name), paint.dim(place))
}

/// What kept a statement from counting.
fn miss(miss: &Miss) -> String {
    match miss {
        Miss::Condition { operator, key, wanted, got } => {
            let got = if got.is_empty() { "no value".to_owned() } else { list(got) };
            format!("`{operator}` wants {} in `{key}`, the request has {got}", list(wanted))
        }
        Miss::Resource { negated: false, patterns } => format!("covers the action only on {}", list(patterns)),
        Miss::Resource { negated: true, patterns } => format!("covers the action, but not on {}", list(patterns)),
        Miss::Principal { named } => format!("trusts {}", list(named)),
    }
}

fn list(values: &[String]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ")
}

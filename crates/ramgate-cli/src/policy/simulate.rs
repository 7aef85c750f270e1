//! `ramgate policy simulate`: the decision alone.

use super::ask::{AskArgs, ask, deciding};
use super::{corpus, outcome};
use crate::error::Answer;
use crate::host::Host;
use ramgate_policy::{Layer, Outcome};
use serde::Serialize;

pub(super) const USAGE: &str = "\
ramgate policy simulate [--json] CORPUS_FILE...
       ramgate policy simulate [OPTIONS] --policy FILE... --action ACTION --resource ARN...";

pub(super) const EXAMPLES: &str = "\
Examples:
  ramgate policy simulate --policy developer.json \\
      --action apig:DeleteHttpApi --context acs:SourceIp=10.0.0.1 \\
      --resource acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
  ramgate policy simulate --trust trust.json --policy alice.json \\
      --caller acs:ram::1000000000000001:user/alice \\
      --resource acs:ram::1000000000000001:role/operator
  ramgate policy simulate testdata/policies/*.json

Exit status: 0 when the request is allowed, or all of the corpus came out as
expected; 1 otherwise; 2 when a file cannot be used.";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Simulated {
    outcome: Outcome,
    layer: Layer,
    resources: Vec<OneResource>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OneResource {
    action: String,
    resource: String,
    outcome: Outcome,
    layer: Layer,
    /// `<file>[<number>]`
    statement: Option<String>,
}

pub(super) fn run(arguments: &AskArgs, host: &mut Host<'_>) -> Answer {
    if !arguments.files.is_empty() {
        let mut report = corpus::check(host, &arguments.files)?;
        if arguments.json {
            report.files.iter_mut().flat_map(|file| &mut file.requests).for_each(|request| request.explanation = None);
            host.json(&report)?;
        } else {
            corpus::print(host, &report)?;
        }
        return Ok(report.failed == 0);
    }
    let answered = ask(arguments, host)?;
    let of_each = answered.explanations.iter().map(|explanation| OneResource {
        action: explanation.action.clone(),
        resource: explanation.resource.clone(),
        outcome: explanation.outcome,
        layer: explanation.layer,
        statement: deciding(explanation),
    });
    let decision = answered.decision;
    let simulated = Simulated { outcome: decision.outcome, layer: decision.layer, resources: of_each.collect() };
    if arguments.json {
        host.json(&simulated)?;
    } else {
        let paint = host.paint();
        for one in &simulated.resources {
            let by = one.statement.as_ref().map_or(String::new(), |statement| format!(" by {statement}"));
            let layer = paint.dim(&format!("({}{by})", one.layer));
            writeln!(host.out, "{}  {} on {}  {layer}", outcome(paint, one.outcome), one.action, one.resource)?;
        }
        if simulated.resources.len() > 1 {
            writeln!(host.out, "{}  all together", outcome(paint, simulated.outcome))?;
        }
    }
    Ok(decision.is_allowed())
}

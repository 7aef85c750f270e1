//! `ramgate policy simulate`: the decision alone, and what it would be with other policies.

use super::ask::{self, AskArgs, ask, deciding};
use super::{Kind, corpus, outcome};
use crate::error::{Answer, CliError};
use crate::host::Host;
use crate::input;
use clap::Args;
use ramgate_analysis::simulate::{self, Change, PolicyName, Request};
use ramgate_api::policy_catalog;
use ramgate_policy::{AttachedEntity, Layer, Outcome};
use serde::Serialize;

pub(super) const USAGE: &str = "\
ramgate policy simulate [--json] CORPUS_FILE...
       ramgate policy simulate [OPTIONS] --policy FILE... --action ACTION --resource ARN...
       ramgate policy simulate [OPTIONS] --policy FILE... [--add FILE...] [--remove FILE...] --action ACTION --resource ARN...";

pub(super) const EXAMPLES: &str = "\
Examples:
  ramgate policy simulate --policy developer.json \\
      --action apig:DeleteHttpApi --context acs:SourceIp=10.0.0.1 \\
      --resource acs:apig:cn-hangzhou:1000000000000001:httpapi/api-1
  ramgate policy simulate --trust trust.json --policy alice.json \\
      --caller acs:ram::1000000000000001:user/alice \\
      --resource acs:ram::1000000000000001:role/operator
  ramgate policy simulate --policy a.json b.json --remove b.json --add c.json \\
      --action mse:GetGateway \\
      --resource acs:mse:cn-hangzhou:1000000000000001:instance/gw-1
  ramgate policy simulate testdata/policies/*.json

With --add and --remove the request is decided twice: + means that it would
come to be allowed, - that it would come to be refused, ~ that something else
decides.

Exit status: 0 when the request is allowed (after the change, if there is one),
or all of the corpus came out as expected; 1 otherwise; 2 when a file cannot be
used.";

/// What to decide, and what if.
#[derive(Args, Clone, Debug)]
pub struct SimulateArgs {
    #[command(flatten)]
    ask: AskArgs,
    /// Policies that the principal would get in addition
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "action", conflicts_with = "trust")]
    add: Vec<String>,
    /// Policies, named as for --policy, that would be taken away
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "policy", conflicts_with = "trust")]
    remove: Vec<String>,
}

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

pub(super) fn run(arguments: &SimulateArgs, host: &mut Host<'_>) -> Answer {
    if !arguments.add.is_empty() || !arguments.remove.is_empty() {
        return what_if(arguments, host);
    }
    let arguments = &arguments.ask;
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

/// Decides the request with the policies as they are and with the change.
fn what_if(arguments: &SimulateArgs, host: &mut Host<'_>) -> Answer {
    let asked = &arguments.ask;
    let catalog = policy_catalog();
    let policies = ask::policies(asked, host)?;
    let mut change = Change::default();
    for file in &arguments.add {
        change.add.push(ask::attached(asked, host, file, Kind::Identity, AttachedEntity::User)?);
    }
    let named = |file: &String| PolicyName { policy_type: None, policy_name: input::shown(file).to_owned() };
    change.remove = arguments.remove.iter().map(named).collect();
    let action = asked.action.as_deref().unwrap_or_default();
    ask::known_action(host, catalog, action)?;
    for resource in &asked.resource {
        ask::resource_name(catalog, action, resource)?;
    }
    let context = ask::context(asked, host)?;
    let requests = Request::each([action], asked.resource.iter().map(String::as_str), context);
    let answer = simulate::what_if(&policies, &change, catalog, &requests);
    let answer = answer.map_err(|error| CliError::Usage(error.to_string()))?;
    if asked.json {
        host.json(&answer)?;
    } else {
        super::print_lines(host, &answer.to_string())?;
    }
    Ok(answer.results.iter().all(|compared| compared.after.outcome.is_allowed()))
}

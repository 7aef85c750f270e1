//! `ramgate policy who-can`: everyone of an account who may do something.

use super::{ask, estate};
use crate::error::{Answer, CliError};
use crate::host::Host;
use clap::Args;
use ramgate_analysis::who_can::{Question, who_can};
use ramgate_api::policy_catalog;
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
The folder is one that `ramgate account export` writes. Who may do it only with
some condition values is listed under conditions, with an example.

Examples:
  ramgate policy who-can ./account mse:DeleteGateway \\
      acs:mse:cn-hangzhou:1000000000000001:instance/gw-1
  ramgate policy who-can ./account apig:CreateDomain --json \\
      'acs:apig:cn-hangzhou:1000000000000001:domain/*' \\
      --context acs:SourceIp=10.0.0.1

Exit status: 0 when a user or role may do it, be it under conditions; 1 when
nobody may but the account itself; 2 when a file cannot be used.";

/// Whom to ask about, and what.
#[derive(Args, Clone, Debug)]
pub struct WhoCanArgs {
    /// The folder of the account
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The action, such as `apig:GetHttpApi`
    action: String,
    /// The resource name; `acs:<service>:<region>:<account>:*` stands for all resources
    #[arg(value_name = "ARN")]
    resource: String,
    /// A condition value that is known, such as `acs:SourceIp=10.0.0.1`; repeat the key for several values
    #[arg(long, value_name = "KEY=VALUE")]
    context: Vec<String>,
    /// Condition keys that are not given are absent, instead of open
    #[arg(long)]
    closed: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &WhoCanArgs, host: &mut Host<'_>) -> Answer {
    let catalog = policy_catalog();
    let mut question = Question {
        action: arguments.action.clone(),
        resource: arguments.resource.clone(),
        closed: arguments.closed,
        ..Question::default()
    };
    ask::known_action(host, catalog, &arguments.action)?;
    ask::resource_name(catalog, &arguments.action, &arguments.resource)?;
    ask::set(&mut question.context, &arguments.context)?;
    let estate = estate::read(host, &arguments.folder)?;
    let answer = who_can(&estate, catalog, &question).map_err(|error| CliError::Usage(error.to_string()))?;
    if arguments.json {
        host.json(&answer)?;
    } else {
        super::print_lines(host, &answer.to_string())?;
    }
    Ok(!answer.always.is_empty() || !answer.under_conditions.is_empty())
}

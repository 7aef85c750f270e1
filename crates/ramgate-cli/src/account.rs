//! `ramgate account`: the users, groups, roles and policies of an account as files, to keep beside code and to bring back.

pub(crate) mod files;

use crate::error::{Answer, CliError};
use crate::host::Host;
use crate::remote::{self, Connection};
use crate::text;
use clap::Args;
use files::Folder;
use ramgate_api::Operation;
use ramgate_api::ramgate::{ExportAccount, ImportAccount};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// What to do with an account.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum AccountCommand {
    /// Write the account's users, groups, roles and policies to a folder
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(ExportArgs),
    /// Make the account what a folder says, after showing what that changes
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(ImportArgs),
}

const EXPORT_EXAMPLES: &str = "\
The folder gets a manifest (users, groups, roles, who has which policy), and the
documents as files of their own, byte for byte: policies/NAME.json and
roles/NAME.json. No access key, password or MFA device is written.

Examples:
  ramgate account export --as-root ./account
  ramgate account export ./account --format json

Exit status: 0 when it was written, 1 when the server refused, 2 otherwise.";

const IMPORT_EXAMPLES: &str = "\
Everything is changed in one step, or nothing. Whoever the folder names gets
exactly the policies, groups and tags that it says; who is not named stays as
it is, unless --prune removes it. A second import of the folder changes nothing.

Examples:
  ramgate account import ./account --dry-run
  ramgate account import ./account
  ramgate account import --as-root ./account --prune

Exit status: 0 when the account is as the folder says (with --dry-run: when it
was already), 1 when the server refused (with --dry-run: also when something
would change), 2 otherwise.";

/// Where to write.
#[derive(Args, Clone, Debug)]
pub struct ExportArgs {
    /// The folder; it is made where it does not exist
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// How to write the manifest
    #[arg(long, value_enum, default_value = "yaml")]
    format: Format,
    #[command(flatten)]
    connection: Connection,
}

/// What to read.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
    /// Remove users, groups, roles and custom policies that the folder does not name
    #[arg(long)]
    prune: bool,
    /// Print the changes as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

/// How a manifest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// manifest.yaml
    Yaml,
    /// manifest.json
    Json,
}

pub(crate) fn run(command: &AccountCommand, host: &mut Host<'_>) -> Answer {
    match command {
        AccountCommand::Export(arguments) => export(arguments, host),
        AccountCommand::Import(arguments) => import(arguments, host),
    }
}

fn export(arguments: &ExportArgs, host: &mut Host<'_>) -> Answer {
    let answer = remote::call(&arguments.connection, &ExportAccount::SPEC, Map::new(), host)?;
    if !answer.is_success() {
        host.remark("error", &answer.refusal())?;
        return Ok(false);
    }
    let manifest = answer.json().and_then(|mut body| body.get_mut("Manifest").map(Value::take));
    let manifest = manifest.ok_or_else(|| CliError::Usage("the server's answer holds no manifest".to_owned()))?;
    let written = Folder::new(&arguments.folder).write(&manifest, arguments.format)?;
    writeln!(host.out, "{}: {written}", arguments.folder.display())?;
    Ok(true)
}

fn import(arguments: &ImportArgs, host: &mut Host<'_>) -> Answer {
    let manifest = Folder::new(&arguments.folder).read()?;
    let mut parameters = Map::new();
    parameters.insert("Manifest".to_owned(), Value::String(manifest.to_string()));
    parameters.insert("Prune".to_owned(), json!(arguments.prune));
    parameters.insert("DryRun".to_owned(), json!(arguments.dry_run));
    let answer = remote::call(&arguments.connection, &ImportAccount::SPEC, parameters, host)?;
    if !answer.is_success() {
        host.remark("error", &answer.refusal())?;
        return Ok(false);
    }
    let body = answer.json().unwrap_or_default();
    let changes = body.get("Changes").and_then(Value::as_array).cloned().unwrap_or_default();
    if arguments.json {
        host.json(&body)?;
    } else {
        show(host, &changes, arguments.dry_run)?;
    }
    Ok(!arguments.dry_run || changes.is_empty())
}

fn show(host: &mut Host<'_>, changes: &[Value], dry_run: bool) -> Result<(), CliError> {
    for change in changes {
        let text = |name: &str| text::printable(change.get(name).and_then(Value::as_str).unwrap_or_default());
        let (summary, action, relation) = (text("Summary"), text("Action"), text("Relation"));
        let relation = if relation.is_empty() { relation } else { format!(": {}", relation.to_lowercase()) };
        writeln!(host.out, "{summary}{relation}  {}", host.paint().dim(&format!("({action})")))?;
    }
    let n = changes.len();
    let said = match (n, dry_run) {
        (0, _) => "the account is as the folder says".to_owned(),
        (1, true) => "1 change would be made".to_owned(),
        (1, false) => "1 change made".to_owned(),
        (n, true) => format!("{n} changes would be made"),
        (n, false) => format!("{n} changes made"),
    };
    host.remark("account", &said)?;
    Ok(())
}

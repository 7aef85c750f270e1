//! One request against policy files: what `simulate` and `explain` have in common.

use super::Kind;
use super::check;
use crate::error::CliError;
use crate::host::Host;
use crate::nearest::hint;
use crate::{input, text};
use clap::{ArgGroup, Args};
use ramgate_api::policy_catalog;
use ramgate_policy::{
    Arn, Attached, AttachedEntity, Caller, Catalog, Compiled, Context, Decision, Document, Explanation, Layer,
    PolicyKind, PrincipalKind, PrincipalPolicies, Timestamp,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Corpus files, or one request with the policies to decide it by.
#[derive(Args, Clone, Debug)]
#[command(group = ArgGroup::new("what").args(["files", "policy", "trust"]).required(true).multiple(true))]
pub struct AskArgs {
    /// Corpus files: policies, requests, and what each must come to; `-` is the standard input
    #[arg(value_name = "CORPUS_FILE", conflicts_with_all = ["policy", "action", "resource", "trust"])]
    pub(super) files: Vec<String>,
    /// Policies attached to the principal
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "action")]
    policy: Vec<String>,
    /// The action, such as `apig:GetHttpApi`
    #[arg(long, requires = "resource")]
    pub(super) action: Option<String>,
    /// The resource name; when several are given, every one must be allowed
    #[arg(long, value_name = "ARN", num_args = 1..)]
    pub(super) resource: Vec<String>,
    /// A condition value, such as `acs:SourceIp=10.0.0.1`; repeat the key for several values. The time is now unless
    /// given, everything else is absent unless given
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) context: Vec<String>,
    /// The session policy, for role sessions
    #[arg(long, value_name = "FILE")]
    session: Option<String>,
    /// Control policies of one level of a resource directory; repeat for the next level
    #[arg(long, value_name = "FILE,...")]
    control: Vec<String>,
    /// The trust policy of the role that is assumed; the action is `sts:AssumeRole`
    #[arg(long, value_name = "FILE", requires = "caller", requires = "resource", conflicts_with = "action")]
    trust: Option<String>,
    /// Who assumes the role, to its trust policy
    #[arg(long, value_name = "ARN", requires = "trust")]
    caller: Option<String>,
    /// Who asks
    #[arg(long, value_enum, default_value = "user")]
    principal: Asker,
    /// The account of the principal `root`
    #[arg(long, value_name = "ID", default_value = "1000000000000001")]
    account: String,
    /// Take documents as they would be if they were in force already, whatever is wrong with them
    #[arg(long)]
    stored: bool,
    /// Answer in JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Kinds of principals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Asker {
    /// A RAM user
    User,
    /// A session of a role
    Role,
    /// The account itself
    Root,
}

/// What a request came to.
pub(super) struct Answered {
    /// Over all resources.
    pub(super) decision: Decision,
    /// One for each resource.
    pub(super) explanations: Vec<Explanation>,
}

/// Decides the request of the arguments.
pub(super) fn ask(arguments: &AskArgs, host: &mut Host<'_>) -> Result<Answered, CliError> {
    let catalog = policy_catalog();
    let policies = policies(arguments, host)?;
    let context = context(arguments, host)?;
    let trust = match &arguments.trust {
        None => None,
        Some(file) => Some(document(arguments.stored, host, file, Kind::Trust)?),
    };
    let action = arguments.action.as_deref().unwrap_or("sts:AssumeRole");
    known_action(host, catalog, action)?;
    for resource in &arguments.resource {
        resource_name(catalog, action, resource)?;
    }
    let compiled = Compiled::new(&policies, catalog);
    let mut decisions = Vec::new();
    let mut explanations = Vec::new();
    for resource in &arguments.resource {
        match (&trust, &arguments.caller) {
            (Some(trust), Some(caller)) => {
                let caller = Caller::from_arn(caller).ok_or_else(|| not_a_caller(caller))?;
                decisions.push(compiled.decide_assume_role(resource, trust, &caller, &context));
                explanations.push(compiled.explain_assume_role(resource, trust, &caller, &context));
            }
            _ => {
                decisions.push(compiled.decide(action, resource, &context));
                explanations.push(compiled.explain(action, resource, &context));
            }
        }
    }
    let decision = Decision::all(decisions);
    let decision = decision.ok_or_else(|| CliError::Usage("no resource is given".to_owned()))?;
    Ok(Answered { decision, explanations })
}

fn not_a_caller(text: &str) -> CliError {
    CliError::Usage(format!(
        "`{text}` is not a caller: `acs:ram::<account>:user/<name>` and `acs:ram::<account>:role/<name>` can assume roles"
    ))
}

pub(super) fn policies(arguments: &AskArgs, host: &mut Host<'_>) -> Result<PrincipalPolicies, CliError> {
    let (kind, entity) = match arguments.principal {
        Asker::User => (PrincipalKind::User, AttachedEntity::User),
        Asker::Role => (PrincipalKind::Role, AttachedEntity::Role),
        Asker::Root => (PrincipalKind::Root { account_id: arguments.account.clone() }, AttachedEntity::User),
    };
    let mut policies = PrincipalPolicies::new(kind);
    for file in &arguments.policy {
        policies.account.push(attached(arguments, host, file, Kind::Identity, entity.clone())?);
    }
    if let Some(file) = &arguments.session {
        policies.session = Some(attached(arguments, host, file, Kind::Session, AttachedEntity::Session)?);
    }
    for (level, files) in arguments.control.iter().enumerate() {
        let mut attached_here = Vec::new();
        for file in files.split(',').filter(|file| !file.is_empty()) {
            let target = AttachedEntity::ResourceDirectoryTarget(format!("level {level}"));
            attached_here.push(attached(arguments, host, file, Kind::Control, target)?);
        }
        policies.control.push(attached_here);
    }
    Ok(policies)
}

pub(super) fn attached(
    arguments: &AskArgs,
    host: &mut Host<'_>,
    file: &str,
    kind: Kind,
    entity: AttachedEntity,
) -> Result<Attached, CliError> {
    attach(arguments.stored, host, file, kind, entity)
}

/// A document as a policy that is called like its file.
pub(super) fn attach(
    stored: bool,
    host: &mut Host<'_>,
    file: &str,
    kind: Kind,
    entity: AttachedEntity,
) -> Result<Attached, CliError> {
    let document = document(stored, host, file, kind)?;
    Ok(Attached {
        policy_name: input::shown(file).into(),
        policy_type: PolicyKind::Custom,
        version: "v1".into(),
        entity,
        document: Arc::new(document),
    })
}

/// Reads a document. What is wrong with it goes to the standard error.
fn document(stored: bool, host: &mut Host<'_>, file: &str, kind: Kind) -> Result<Document, CliError> {
    let source = input::read(host, file)?;
    let kind = kind.document_kind();
    let result = if stored { Document::parse_stored_as(&source, kind) } else { Document::parse(&source, kind) };
    let problems = match &result {
        Ok(document) => document.problems().to_vec(),
        Err(problems) => problems.iter().cloned().collect(),
    };
    let (terminal, paint) = (host.terminal, host.paint());
    for problem in &problems {
        check::print_finding(host.err, terminal, paint, input::shown(file), &source, &check::error(problem))?;
    }
    result.map_err(|problems| {
        let also = if stored { "" } else { "; with --stored it is taken as if it were in force" };
        let n = text::count(problems.len(), "problem");
        CliError::Usage(format!("`{}` is not a policy document: it has {n}{also}", input::shown(file)))
    })
}

pub(super) fn context(arguments: &AskArgs, host: &Host<'_>) -> Result<Context, CliError> {
    let mut context = Context::default();
    let now = OffsetDateTime::from(host.now).format(&Rfc3339).unwrap_or_default();
    context.current_time = Timestamp::parse(&now);
    set(&mut context, &arguments.context)?;
    Ok(context)
}

/// Sets condition values given as `key=value`.
pub(super) fn set(context: &mut Context, pairs: &[String]) -> Result<(), CliError> {
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pair in pairs {
        let (key, value) = pair.split_once('=').ok_or_else(|| {
            CliError::Usage(format!("`{pair}` is not a condition value, which looks like `acs:SourceIp=10.0.0.1`"))
        })?;
        values.entry(key).or_default().push(value);
    }
    for (key, values) in values {
        context.set(key, values).map_err(|error| CliError::Usage(error.to_string()))?;
    }
    Ok(())
}

/// Policies may name any action, and so may requests; most likely though it is a slip.
pub(super) fn known_action(host: &mut Host<'_>, catalog: &Catalog, action: &str) -> Result<(), CliError> {
    if !action.contains(':') {
        let names = catalog.actions().iter().map(|known| known.name.as_str());
        let meant =
            names.clone().find(|name| name.split_once(':').is_some_and(|(_, n)| n.eq_ignore_ascii_case(action)));
        let hint = meant.map_or_else(|| hint(action, names), |name| format!("; did you mean `{name}`?"));
        return Err(CliError::Usage(format!("`{action}` is not an action, which looks like `apig:GetHttpApi`{hint}")));
    }
    if catalog.action(action).is_none() && !action.eq_ignore_ascii_case("sts:GetCallerIdentity") {
        let hint = hint(action, catalog.actions().iter().map(|known| known.name.as_str()));
        host.remark("note", &format!("the action `{action}` is not in the catalog{hint}"))?;
    }
    Ok(())
}

pub(super) fn resource_name(catalog: &Catalog, action: &str, resource: &str) -> Result<(), CliError> {
    if Arn::parse(resource).is_some() {
        return Ok(());
    }
    let service = action.split_once(':').map_or(action, |(service, _)| service);
    let templates: Vec<String> =
        catalog.action(action).iter().flat_map(|known| &known.resources).map(|r| format!("`{}`", r.template)).collect();
    let example = if templates.is_empty() || resource == "*" {
        format!("`acs:{service}:<region>:<account>:*` stands for all resources")
    } else {
        format!("`{action}` is checked on {}", templates.join(" and "))
    };
    Err(CliError::Usage(format!("`{resource}` is not a resource name; {example}")))
}

/// The statement that decided, as `<file>[<number>]`.
pub(super) fn deciding(explanation: &Explanation) -> Option<String> {
    let first = explanation.deciding.first()?;
    let policy = if first.layer == Layer::AssumeRolePolicy { "trust" } else { &first.policy_name };
    Some(format!("{policy}[{}]", first.statement))
}

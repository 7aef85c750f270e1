//! `ramgate policy least`: the smallest policy that allows what a user or role did.

use super::{estate, records};
use crate::audit::moment::Moment;
use crate::error::{Answer, CliError};
use crate::host::Host;
use crate::{input, text};
use clap::Args;
use ramgate_analysis::PrincipalId;
use ramgate_analysis::least::{LeastError, Options, Subject, Wildcards, least};
use ramgate_api::policy_catalog;
use ramgate_policy::{
    Attached, AttachedEntity, Caller, Document, DocumentKind, PolicyKind, PrincipalKind, PrincipalPolicies,
};
use std::path::PathBuf;
use std::sync::Arc;

pub(super) const EXAMPLES: &str = "\
Every call that was allowed is decided again by the proposal before it is shown.
With the present policies, their conditions are kept, their Denies come along,
and what they allow beyond the proposal is listed.

Examples:
  ramgate policy least --data-dir ./ramgate-data --from 90d \\
      --principal acs:ram::1000000000000001:user/alice
  ramgate policy least --principal acs:ram::1000000000000001:role/deploy \\
      --wildcards resources --estate ./account --json

Exit status: 0 with a proposal, 1 when there is nothing to propose, 2 when a
file cannot be used.";

/// Whose calls, and how to propose.
#[derive(Args, Clone, Debug)]
pub struct LeastArgs {
    /// The data directory of the server
    #[arg(long, env = "RAMGATE_DATA_DIR", value_name = "DIR", default_value = "./ramgate-data")]
    data_dir: PathBuf,
    /// The user or role
    #[arg(long, value_name = "ARN")]
    principal: String,
    /// Calls at or after this time: `2026-05-01`, `2026-05-01T12:00:00Z`, or so long ago: `15m`, `2h`, `90d`
    #[arg(long, value_name = "TIME")]
    from: Option<Moment>,
    /// Calls before this time
    #[arg(long, value_name = "TIME")]
    to: Option<Moment>,
    /// What may be said with wildcards, allowing more than was used
    #[arg(long, value_enum, default_value = "none")]
    wildcards: Wanted,
    /// The present policies, as files
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "estate")]
    present: Vec<String>,
    /// The folder of the account, for the present policies
    #[arg(long, value_name = "DIR")]
    estate: Option<PathBuf>,
    /// Name of the proposed policy
    #[arg(long, value_name = "NAME", default_value = "least")]
    name: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// What may be said with wildcards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Wanted {
    /// Nothing
    None,
    /// Two or more actions of one verb: `apig:Get*`
    Actions,
    /// The ids of resources: `gateway/*`
    Resources,
    /// Actions and resources
    Both,
}

pub(super) fn run(arguments: &LeastArgs, host: &mut Host<'_>) -> Answer {
    let (id, account_id) = principal(&arguments.principal)?;
    let present = present(arguments, &id, host)?;
    let now = host.now_ms();
    let (from, to) = (arguments.from.map(|at| at.resolve(now)), arguments.to.map(|at| at.resolve(now)));
    let used = records::of(host, &arguments.data_dir, &id, &account_id, from, to)?;
    let options = Options {
        wildcards: match arguments.wildcards {
            Wanted::None => Wildcards::None,
            Wanted::Actions => Wildcards::ActionFamilies,
            Wanted::Resources => Wildcards::ResourceKinds,
            Wanted::Both => Wildcards::Both,
        },
        policy_name: arguments.name.clone(),
    };
    let subject = Subject { id: &id, account_id: &account_id, present: present.as_ref() };
    match least(subject, policy_catalog(), &used, &options) {
        Ok(proposal) => {
            if arguments.json {
                host.json(&proposal)?;
            } else {
                super::print_lines(host, &proposal.to_string())?;
            }
            Ok(true)
        }
        Err(error @ (LeastError::NothingUsed | LeastError::AllDenied)) => {
            host.remark("note", &error.to_string())?;
            Ok(false)
        }
        Err(error) => Err(CliError::Usage(error.to_string())),
    }
}

fn principal(arn: &str) -> Result<(PrincipalId, String), CliError> {
    match Caller::from_arn(arn) {
        Some(Caller::User { account, name }) => Ok((PrincipalId::User(name.to_owned()), account.to_owned())),
        Some(Caller::Role { account, name }) => Ok((PrincipalId::Role(name.to_owned()), account.to_owned())),
        _ => Err(CliError::Usage(format!(
            "`{arn}` is not the name of a user or role, which looks like `acs:ram::<account>:user/<name>` or `acs:ram::<account>:role/<name>`"
        ))),
    }
}

fn present(
    arguments: &LeastArgs,
    id: &PrincipalId,
    host: &mut Host<'_>,
) -> Result<Option<PrincipalPolicies>, CliError> {
    if let Some(folder) = &arguments.estate {
        let estate = estate::read(host, folder)?;
        let named = |other: &PrincipalId| {
            std::mem::discriminant(other) == std::mem::discriminant(id) && other.name().eq_ignore_ascii_case(id.name())
        };
        let found = estate.principals.into_iter().find(|principal| named(&principal.id));
        let missing = || CliError::Usage(format!("`{}` has no {id}", folder.display()));
        return Ok(Some(found.ok_or_else(missing)?.policies));
    }
    if arguments.present.is_empty() {
        return Ok(None);
    }
    let (kind, entity) = match id {
        PrincipalId::User(_) => (PrincipalKind::User, AttachedEntity::User),
        PrincipalId::Role(_) => (PrincipalKind::Role, AttachedEntity::Role),
    };
    let mut policies = PrincipalPolicies::new(kind);
    for file in &arguments.present {
        let source = input::read(host, file)?;
        let document = Document::parse_stored_as(&source, DocumentKind::Identity).map_err(|problems| {
            let n = text::count(problems.len(), "problem");
            CliError::Usage(format!("`{}` is not a policy document: it has {n}", input::shown(file)))
        })?;
        policies.account.push(Attached {
            policy_name: input::shown(file).into(),
            policy_type: PolicyKind::Custom,
            version: "v1".into(),
            entity: entity.clone(),
            document: Arc::new(document),
        });
    }
    Ok(Some(policies))
}

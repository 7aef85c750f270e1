//! `ramgate policy lint`: what is dangerous, useless or said twice in an account.

use super::{estate, records};
use crate::audit::moment::Moment;
use crate::error::Answer;
use crate::host::Host;
use clap::Args;
use ramgate_analysis::lint::{Options, lint};
use ramgate_api::policy_catalog;
use ramgate_policy::{Severity, Timestamp};
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "\
The folder is one that `ramgate account export` writes. With the audit log of a
data directory, grants that nobody used since --from are found as well.

Examples:
  ramgate policy lint ./account
  ramgate policy lint --json --strict ./account
  ramgate policy lint ./account --data-dir ./ramgate-data --from 90d

Exit status: 0 without security warnings (with --strict: without findings), 1
with some, 2 when a file cannot be used.";

/// What to look at.
#[derive(Args, Clone, Debug)]
pub struct LintArgs {
    /// The folder of the account
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The data directory of the server, for grants that nobody used
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Uses before this time do not count: `2026-05-01`, `2026-05-01T12:00:00Z`, or so long ago: `7d`, `12w`
    #[arg(long, value_name = "TIME", requires = "data_dir", default_value = "90d")]
    from: Moment,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    /// Fail on every finding
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(arguments: &LintArgs, host: &mut Host<'_>) -> Answer {
    let estate = estate::read(host, &arguments.folder)?;
    let mut options = Options::default();
    if let Some(directory) = &arguments.data_dir {
        let from = arguments.from.resolve(host.now_ms());
        options.usage = Some(records::of_everyone(host, directory, &estate, from)?);
        options.since = Some(Timestamp::from_unix(from.div_euclid(1000)));
    }
    let report = lint(&estate, policy_catalog(), &options);
    if arguments.json {
        host.json(&report)?;
    } else {
        super::print_lines(host, &report.to_string())?;
    }
    let counts = |severity| severity <= Severity::SecurityWarning || arguments.strict;
    Ok(!report.findings.iter().any(|finding| counts(finding.severity)))
}

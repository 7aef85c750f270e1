//! `ramgate policy`: the policy engine on files, without a server.

mod ask;
mod check;
mod corpus;
mod diff;
mod estate;
mod excerpt;
mod explain;
mod least;
mod lint;
mod records;
mod simulate;
mod who_can;

pub use ask::AskArgs;
pub use check::CheckArgs;
pub use diff::DiffArgs;
pub use least::LeastArgs;
pub use lint::LintArgs;
pub use simulate::SimulateArgs;
pub use who_can::WhoCanArgs;

use crate::error::Answer;
use crate::host::{Host, Paint};
use crate::text::printable;
use ramgate_policy::{DocumentKind, Outcome};

/// What to do with policies.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum PolicyCommand {
    /// Say what is wrong with policy documents, and what in them will never have an effect
    #[command(after_help = check::EXAMPLES)]
    Check(CheckArgs),
    /// Decide requests against policies, or run corpus files and compare with what they expect
    #[command(after_help = simulate::EXAMPLES, override_usage = simulate::USAGE)]
    Simulate(SimulateArgs),
    /// Say why requests are allowed or refused, and what nearly decided otherwise
    #[command(after_help = explain::EXAMPLES, override_usage = explain::USAGE)]
    Explain(AskArgs),
    /// Say what new policies allow that old ones do not, and the other way round
    #[command(after_help = diff::EXAMPLES)]
    Diff(DiffArgs),
    /// List everyone of an account who may do something, by which statement and under which conditions
    #[command(after_help = who_can::EXAMPLES)]
    WhoCan(WhoCanArgs),
    /// Say what is dangerous, useless or said twice in the policies of an account
    #[command(after_help = lint::EXAMPLES)]
    Lint(LintArgs),
    /// Propose the smallest policy that allows what a user or role did, by the audit log
    #[command(after_help = least::EXAMPLES)]
    Least(LeastArgs),
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Kind {
    /// Attached to users, groups and roles
    Identity,
    /// Given when a role is assumed
    Session,
    /// Of a role: who may assume it
    Trust,
    /// Of a resource directory
    Control,
}

impl Kind {
    fn document_kind(self) -> DocumentKind {
        match self {
            Self::Identity => DocumentKind::Identity,
            Self::Session => DocumentKind::Session,
            Self::Trust => DocumentKind::Trust,
            Self::Control => DocumentKind::Control,
        }
    }
}

pub(crate) fn run(command: &PolicyCommand, host: &mut Host<'_>) -> Answer {
    match command {
        PolicyCommand::Check(arguments) => check::run(arguments, host),
        PolicyCommand::Simulate(arguments) => simulate::run(arguments, host),
        PolicyCommand::Explain(arguments) => explain::run(arguments, host),
        PolicyCommand::Diff(arguments) => diff::run(arguments, host),
        PolicyCommand::WhoCan(arguments) => who_can::run(arguments, host),
        PolicyCommand::Lint(arguments) => lint::run(arguments, host),
        PolicyCommand::Least(arguments) => least::run(arguments, host),
    }
}

/// Writes lines that hold names of other people's choice.
fn print_lines(host: &mut Host<'_>, text: &str) -> std::io::Result<()> {
    text.lines().try_for_each(|line| writeln!(host.out, "{}", printable(line)))
}

/// The outcome, in the colour of its meaning.
fn outcome(paint: Paint, outcome: Outcome) -> String {
    match outcome {
        Outcome::Allow => paint.green(&outcome.to_string()),
        Outcome::ExplicitDeny | Outcome::ImplicitDeny => paint.red(&outcome.to_string()),
    }
}

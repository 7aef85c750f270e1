//! The subcommands of `ramgate` besides `serve`: policy tools on files, the account as files, the audit log, the catalog, and
//! calls.
//!
//! [`Command`] is what is parsed from the command line, [`run`] does it; both know nothing of the process but what the
//! [`Host`] gives them, so that tests run commands as users do. Answers go to the standard output, made for people on a
//! terminal and for line-based tools elsewhere, or as JSON; remarks go to the standard error.
//!
//! Exit status: 0 for yes (valid, allowed, as expected, whole, a successful answer), 1 for no, 2 for a command that could
//! not be carried out.

mod account;
mod audit;
mod call;
mod catalog;
mod error;
mod host;
mod input;
mod nearest;
mod policy;
mod remote;
mod text;

pub use account::{AccountCommand, ExportArgs, ImportArgs};
pub use audit::{AuditCommand, QueryArgs, VerifyArgs};
pub use call::CallArgs;
pub use catalog::CatalogArgs;
pub use host::{Host, Terminal};
pub use policy::{AskArgs, CheckArgs, DiffArgs, LeastArgs, LintArgs, PolicyCommand, SimulateArgs, WhoCanArgs};
pub use remote::Connection;

use error::CliError;
use std::process::ExitCode;

/// A subcommand.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Check, simulate, explain and compare policies, and ask about all of an account, offline on files
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Write the users, groups, roles and policies of an account to files, and make an account what files say
    #[command(subcommand)]
    Account(AccountCommand),
    /// Ask the audit log of a data directory who did what
    #[command(subcommand)]
    Audit(AuditCommand),
    /// List the operations with the action, access level and resource that permissions are checked on
    Catalog(CatalogArgs),
    /// Call an operation of the management API
    Call(CallArgs),
}

/// Carries out a command.
pub fn run(command: &Command, host: &mut Host<'_>) -> ExitCode {
    let result = match command {
        Command::Policy(command) => policy::run(command, host),
        Command::Account(command) => account::run(command, host),
        Command::Audit(command) => audit::run(command, host),
        Command::Catalog(arguments) => catalog::run(arguments, host),
        Command::Call(arguments) => call::run(arguments, host),
    };
    let result = result.and_then(|yes| host.flush().map(|()| yes));
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads the output has seen enough.
        Err(CliError::Write(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = host.complain(&error);
            let _ = host.err.flush();
            ExitCode::from(2)
        }
    }
}

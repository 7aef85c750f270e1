//! `ramgate audit`: reading the audit log of a data directory, also while a server writes it.

pub(crate) mod moment;
mod query;
mod verify;

pub use query::QueryArgs;
pub use verify::VerifyArgs;

use crate::error::Answer;
use crate::host::Host;
use std::path::PathBuf;

/// What to do with the audit log.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum AuditCommand {
    /// Show management calls, newest first: who, what, on which resource, how it was decided, how it ended
    #[command(after_help = query::EXAMPLES)]
    Query(QueryArgs),
    /// Verify that no record was changed, removed or put in between
    #[command(after_help = verify::EXAMPLES)]
    Verify(VerifyArgs),
}

/// Which log.
#[derive(clap::Args, Clone, Debug)]
struct LogFile {
    /// The data directory of the server
    #[arg(long, env = "RAMGATE_DATA_DIR", value_name = "DIR", default_value = "./ramgate-data")]
    data_dir: PathBuf,
}

impl LogFile {
    fn path(&self) -> PathBuf {
        self.data_dir.join("audit.db")
    }
}

pub(crate) fn run(command: &AuditCommand, host: &mut Host<'_>) -> Answer {
    match command {
        AuditCommand::Query(arguments) => query::run(arguments, host),
        AuditCommand::Verify(arguments) => verify::run(arguments, host),
    }
}

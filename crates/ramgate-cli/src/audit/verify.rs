//! `ramgate audit verify`.

use super::LogFile;
use crate::error::Answer;
use crate::host::Host;
use crate::text;
use clap::Args;
use ramgate_audit::{Head, Reader, VerifyError};
use serde::Serialize;

pub(super) const EXAMPLES: &str = "\
The records form a chain of SHA-256 hashes, so that a changed, removed or added
record is found. Who can write the file could compute a whole new chain: keep
the head that is printed somewhere else, and give it with --head next time.

Examples:
  ramgate audit verify
  ramgate audit verify --data-dir /var/lib/ramgate --head 1024:6b1f…

Exit status: 0 when the chain is whole, 1 when it is broken, 2 when the log
cannot be read.";

/// Which log, and what is known of it.
#[derive(Args, Clone, Debug)]
pub struct VerifyArgs {
    #[command(flatten)]
    log: LogFile,
    /// A head that was printed earlier and kept elsewhere: the log must still go through it
    #[arg(long, value_name = "RECORD:HASH")]
    head: Option<Head>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
enum Report {
    Whole { records: u64, calls: u64, unknown_outcome: u64, removed_up_to: u64, head: String },
    Broken { record: u64, what: String },
}

pub(super) fn run(arguments: &VerifyArgs, host: &mut Host<'_>) -> Answer {
    let reader = Reader::open(arguments.log.path())?;
    let report = match reader.verify(arguments.head.as_ref()) {
        Ok(verified) => Report::Whole {
            records: verified.records,
            calls: verified.calls,
            unknown_outcome: verified.unknown,
            removed_up_to: verified.removed_upto,
            head: verified.head.to_string(),
        },
        Err(VerifyError::Broken(broken)) => Report::Broken { record: broken.sequence, what: broken.what },
        Err(VerifyError::Audit(error)) => return Err(error.into()),
    };
    let whole = matches!(report, Report::Whole { .. });
    if let (Some(head), Report::Whole { removed_up_to, .. }) = (&arguments.head, &report)
        && head.sequence < *removed_up_to
    {
        host.remark("note", "the given head was removed by retention, so it proves nothing any more")?;
    }
    if arguments.json {
        host.json(&report)?;
        return Ok(whole);
    }
    let paint = host.paint();
    match report {
        Report::Whole { records, calls, unknown_outcome, removed_up_to, head } => {
            let [records, calls] = [(records, "record"), (calls, "call")]
                .map(|(n, one)| text::count(usize::try_from(n).unwrap_or(usize::MAX), one));
            writeln!(host.out, "{}  {records}, {calls}", paint.green("whole"))?;
            if unknown_outcome > 0 {
                writeln!(host.out, "{unknown_outcome} of unknown outcome: still running, or cut off")?;
            }
            if removed_up_to > 0 {
                writeln!(host.out, "records up to {removed_up_to} were removed by retention")?;
            }
            writeln!(host.out, "head {head}")?;
        }
        Report::Broken { record, what } => {
            let message = format!("at record {record}: {}", text::printable(&what));
            writeln!(host.out, "{}  {message}", paint.red("broken"))?;
        }
    }
    Ok(whole)
}

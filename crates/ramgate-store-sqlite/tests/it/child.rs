//! Parts of tests that run in a process of their own: this binary, started again for one test.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Set for the child; its value is the database file.
const VARIABLE: &str = "RAMGATE_STORE_TEST_CHILD";

/// In a test that is the body of a child: the database file, or nothing when the test runs as an ordinary one.
pub(crate) fn database() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).map(PathBuf::from)
}

/// Tells the parent a line. Lines of the test harness between them do not begin with `>`.
pub(crate) fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    // One write, so that a kill does not leave half a line. A parent that is gone is no concern.
    let _ = out.write_all(format!("\n>{line}\n").as_bytes());
    let _ = out.flush();
}

/// Starts the test `name` of this binary in a process of its own.
pub(crate) fn start(name: &str, database: &Path) -> Child {
    let program = std::env::current_exe().expect("this program has a path");
    run(Command::new(program), name, database)
}

/// As [`start`], but files may not grow beyond `blocks` of 512 bytes.
pub(crate) fn start_with_small_files(name: &str, database: &Path, blocks: u32) -> Child {
    let program = std::env::current_exe().expect("this program has a path");
    let mut shell = Command::new("sh");
    // Without the signal, writing beyond the limit is an ordinary error.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    shell.args([OsStr::new("-c"), OsStr::new(&script), program.as_os_str()]);
    run(shell, name, database)
}

fn run(mut command: Command, name: &str, database: &Path) -> Child {
    command.args(["--exact", name, "--nocapture", "--test-threads=1"]).env(VARIABLE, database);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    command.spawn().expect("the child starts")
}

/// What the child tells, line by line until it ends.
pub(crate) fn lines(child: &mut Child) -> impl Iterator<Item = String> + Send + use<> {
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    lines.map_while(Result::ok).filter_map(|line| line.strip_prefix('>').map(str::to_owned))
}

//! A place with files, and a way to run commands in it.

use clap::Parser;
use ramgate_cli::{Command, Host, Terminal, run};
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// The line that the binary parses.
#[derive(Parser)]
#[command(name = "ramgate")]
pub(crate) struct Line {
    #[command(subcommand)]
    command: Command,
}

/// A folder of files, named `[DIR]` in what commands say.
pub(crate) struct Place {
    folder: TempDir,
    terminal: Terminal,
    input: Vec<u8>,
}

/// What a command has said.
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: u8,
}

/// 2026-05-01T12:00:00Z
pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_777_636_800)
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), terminal: Terminal::PIPE, input: Vec::new() }
    }

    /// A place where people read along.
    pub(crate) fn on_a_terminal() -> Self {
        Self { terminal: Terminal { interactive: true, colours: false, width: 80 }, ..Self::new() }
    }

    pub(crate) fn with_colours(mut self) -> Self {
        self.terminal.colours = true;
        self
    }

    pub(crate) fn with_input(mut self, text: &str) -> Self {
        self.input = text.as_bytes().to_vec();
        self
    }

    pub(crate) fn with_file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.folder.path().join(name), content).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs a command. `[DIR]` stands for the folder.
    pub(crate) fn run(&self, words: &[&str]) -> Said {
        let folder = self.folder.path().to_str().unwrap();
        let words = words.iter().map(|word| word.replace("[DIR]", folder));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = match Line::try_parse_from(std::iter::once("ramgate".to_owned()).chain(words)) {
            Err(error) => {
                let text = error.render().to_string().into_bytes();
                if error.use_stderr() {
                    err = text
                } else {
                    out = text
                }
                ExitCode::from(u8::try_from(error.exit_code()).unwrap())
            }
            Ok(line) => {
                let mut input = self.input.as_slice();
                let mut host = Host {
                    out: &mut out,
                    err: &mut err,
                    input: &mut input,
                    terminal: self.terminal,
                    now: now(),
                    wired: None,
                };
                run(&line.command, &mut host)
            }
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(folder, "[DIR]");
        let code = (0..=255).find(|number| ExitCode::from(*number) == code).unwrap();
        Said { out: text(out), err: text(err), code }
    }
}

/// Everything that was said, for snapshots.
pub(crate) fn transcript(said: &Said) -> String {
    let mut text = format!("exit {}\n", said.code);
    for (name, part) in [("out", &said.out), ("err", &said.err)] {
        if !part.is_empty() {
            text.push_str(&format!("--- {name}\n{part}"));
        }
    }
    text
}

//! What a command sees of the process: where it reads and writes, what the terminal can show, the time.

use crate::error::CliError;
use crate::text;
use ramgate_api::OpSpec;
use serde::Serialize;
use std::io::{self, IsTerminal, Read, Write};
use std::time::{SystemTime, UNIX_EPOCH};

/// The process, as far as commands need it.
pub struct Host<'a> {
    /// Answers.
    pub out: &'a mut dyn Write,
    /// Remarks and errors.
    pub err: &'a mut dyn Write,
    /// What `-` reads.
    pub input: &'a mut dyn Read,
    /// What the standard output is.
    pub terminal: Terminal,
    /// Now.
    pub now: SystemTime,
    /// Tells which operations have a handler; `None` leaves that out of listings.
    pub wired: Option<fn(&OpSpec) -> bool>,
}

/// What answers are shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether people read along. Without, answers are one line per thing, for line-based tools.
    pub interactive: bool,
    /// Whether colours are shown.
    pub colours: bool,
    /// Characters in a line, for wrapping.
    pub width: usize,
}

impl Terminal {
    /// Lines for other programs: nothing is wrapped.
    pub const PIPE: Self = Self { interactive: false, colours: false, width: usize::MAX };

    /// What the standard output of this process is. `NO_COLOR` and `TERM=dumb` turn colours off.
    pub fn of_stdout() -> Self {
        if !io::stdout().is_terminal() {
            return Self::PIPE;
        }
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        Self { interactive: true, colours: !set("NO_COLOR") && !dumb, width: width.clamp(40, 120) }
    }
}

impl Host<'_> {
    pub(crate) fn paint(&self) -> Paint {
        Paint { colours: self.terminal.colours }
    }

    /// Milliseconds since the Unix epoch.
    pub(crate) fn now_ms(&self) -> i64 {
        let since = self.now.duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    /// Writes a value as JSON, for other programs.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), CliError> {
        serde_json::to_writer_pretty(&mut *self.out, value).map_err(io::Error::from)?;
        writeln!(self.out)?;
        Ok(())
    }

    /// Writes a remark to the standard error.
    pub(crate) fn remark(&mut self, kind: &str, message: &str) -> io::Result<()> {
        let width = self.terminal.width;
        // On a terminal both streams are one. What fails here fails again at the end.
        let _ = self.out.flush();
        writeln!(self.err, "{}", text::hanging(&format!("{kind}: "), message, width))
    }

    /// Writes an error and its causes to the standard error.
    pub(crate) fn complain(&mut self, error: &dyn std::error::Error) -> io::Result<()> {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            message.push_str(": ");
            message.push_str(&error.to_string());
            cause = error.source();
        }
        self.remark("error", &message)
    }

    pub(crate) fn flush(&mut self) -> Result<(), CliError> {
        self.out.flush()?;
        Ok(self.err.flush()?)
    }
}

/// Colours, where they are shown.
#[derive(Clone, Copy)]
pub(crate) struct Paint {
    colours: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.colours && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    pub(crate) fn red(self, text: &str) -> String {
        self.with("1;31", text)
    }

    pub(crate) fn green(self, text: &str) -> String {
        self.with("1;32", text)
    }

    pub(crate) fn yellow(self, text: &str) -> String {
        self.with("1;33", text)
    }

    pub(crate) fn blue(self, text: &str) -> String {
        self.with("1;34", text)
    }
}

//! Log lines on standard error: for people on a terminal, JSON otherwise.

use crate::settings::LogFormat;
use std::error::Error;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging. A directive that cannot be read counts as `info`, and is said.
pub(crate) fn start(format: Option<LogFormat>, directives: Option<&str>) {
    let directives = directives.unwrap_or("info");
    let parsed = EnvFilter::try_new(directives);
    let bad = parsed.is_err();
    let filter = parsed.unwrap_or_else(|_| EnvFilter::new("info"));
    let format = format.unwrap_or(match std::io::stderr().is_terminal() {
        true => LogFormat::Text,
        false => LogFormat::Json,
    });
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    if bad {
        tracing::warn!(directives, "the log setting cannot be read; `info` is used");
    }
}

/// An error with its causes, in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

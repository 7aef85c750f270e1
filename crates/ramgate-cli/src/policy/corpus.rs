//! Corpus files: run, and compared with what they expect.

use crate::error::CliError;
use crate::host::Host;
use crate::{input, text};
use ramgate_policy::corpus::{Case, Checked};
use serde::Serialize;
use std::io;

/// All files.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Report {
    /// One for each file.
    pub(super) files: Vec<File>,
    /// Requests in all files.
    pub(super) requests: usize,
    /// Requests that came out otherwise than the file says.
    pub(super) failed: usize,
}

/// One file.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct File {
    pub(super) file: String,
    pub(super) title: String,
    pub(super) passed: bool,
    pub(super) requests: Vec<Checked>,
}

/// Runs the files.
pub(super) fn check(host: &mut Host<'_>, names: &[String]) -> Result<Report, CliError> {
    let mut files = Vec::new();
    for name in names {
        let source = input::read(host, name)?;
        let unusable = |source| CliError::Corpus { name: input::shown(name).to_owned(), source };
        let case = Case::parse(&source).map_err(unusable)?;
        let requests = case.run(ramgate_api::policy_catalog()).map_err(unusable)?;
        let passed = requests.iter().all(|request| request.passed);
        files.push(File { file: input::shown(name).to_owned(), title: case.title, passed, requests });
    }
    let requests = files.iter().flat_map(|file| &file.requests);
    let (n, failed) = (requests.clone().count(), requests.filter(|request| !request.passed).count());
    Ok(Report { files, requests: n, failed })
}

/// One line for each file, and what came out otherwise.
pub(super) fn print(host: &mut Host<'_>, report: &Report) -> io::Result<()> {
    let paint = host.paint();
    for file in &report.files {
        let mark = if file.passed { paint.green("ok  ") } else { paint.red("FAIL") };
        writeln!(host.out, "{mark} {}  {}", file.file, paint.dim(&text::printable(&file.title)))?;
        for request in file.requests.iter().filter(|request| !request.passed) {
            let note =
                if request.note.is_empty() { String::new() } else { format!(" ({})", text::printable(&request.note)) };
            writeln!(host.out, "     request {}{note}", request.number)?;
            let wanted =
                describe(&request.expected, request.expected_layer.as_ref(), request.expected_statement.as_ref());
            writeln!(host.out, "       expected  {wanted}")?;
            let got = describe(&request.outcome, Some(&request.layer), request.statement.as_ref());
            writeln!(host.out, "       got       {got}")?;
        }
    }
    let failed = match report.failed {
        0 => paint.green("all as expected"),
        n => paint.red(&format!("{n} not as expected")),
    };
    let (files, requests) = (text::count(report.files.len(), "file"), text::count(report.requests, "request"));
    writeln!(host.out, "{files}, {requests}: {failed}")
}

fn describe(
    outcome: &ramgate_policy::Outcome,
    layer: Option<&ramgate_policy::Layer>,
    statement: Option<&String>,
) -> String {
    let layer = layer.map_or(String::new(), |layer| format!(" from {layer}"));
    let statement = statement.map_or(String::new(), |statement| format!(" by {}", text::printable(statement)));
    format!("{outcome}{layer}{statement}")
}

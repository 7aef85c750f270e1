//! `ramgate policy check`: what the parser refuses, and what the validator finds.

use super::Kind;
use super::excerpt::excerpt;
use crate::error::Answer;
use crate::host::{Host, Paint};
use crate::{input, text};
use clap::Args;
use ramgate_policy::{Document, DocumentKind, Finding, Problem, Severity, validate};
use serde::Serialize;
use std::io::{self, Write};

pub(super) const EXAMPLES: &str = "\
Examples:
  ramgate policy check developer.json operator.json
  ramgate policy check --strict --json policies/*.json
  jq -c .AssumeRolePolicy role.json | ramgate policy check --kind trust -

Exit status: 0 without errors, 1 with errors (with --strict also warnings), 2
when a file cannot be read.";

/// What to check.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// Policy documents; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// What the documents are for
    #[arg(long, value_enum, default_value = "identity")]
    kind: Kind,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Report {
    files: Vec<Checked>,
    errors: usize,
    warnings: usize,
    suggestions: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Checked {
    file: String,
    kind: DocumentKind,
    findings: Vec<Finding>,
    #[serde(skip)]
    source: String,
}

pub(super) fn run(arguments: &CheckArgs, host: &mut Host<'_>) -> Answer {
    let kind = arguments.kind.document_kind();
    let mut files = Vec::new();
    for name in &arguments.files {
        let source = input::read(host, name)?;
        let findings = findings(&source, kind);
        files.push(Checked { file: input::shown(name).to_owned(), kind, findings, source });
    }
    let count = |severities: &[Severity]| {
        files.iter().flat_map(|file| &file.findings).filter(|finding| severities.contains(&finding.severity)).count()
    };
    let errors = count(&[Severity::Error]);
    let warnings = count(&[Severity::SecurityWarning, Severity::Warning]);
    let suggestions = count(&[Severity::Suggestion]);
    let report = Report { files, errors, warnings, suggestions };
    if arguments.json {
        host.json(&report)?;
    } else {
        for file in &report.files {
            for finding in &file.findings {
                print(host, file, finding)?;
            }
        }
        summary(host, &report)?;
    }
    Ok(errors == 0 && !(arguments.strict && warnings > 0))
}

/// What is wrong with a document, and what is worth knowing about what can be read of it; in the order of the text.
fn findings(source: &str, kind: DocumentKind) -> Vec<Finding> {
    let catalog = ramgate_api::policy_catalog();
    let problems = match Document::parse(source, kind) {
        Ok(document) => return validate(&document, catalog),
        Err(problems) => problems,
    };
    let mut findings: Vec<Finding> = problems.iter().map(error).collect();
    if let Ok(readable) = Document::parse_stored_as(source, kind) {
        let more = validate(&readable, catalog).into_iter().filter(|finding| finding.severity != Severity::Error);
        findings.extend(more);
        findings.sort_by_key(|finding| (finding.line, finding.column, finding.severity));
    }
    findings
}

/// A problem of the parser as a finding.
pub(super) fn error(problem: &Problem) -> Finding {
    Finding {
        severity: Severity::Error,
        place: problem.place.clone(),
        line: problem.line,
        column: problem.column,
        title: problem.title,
        message: problem.message.clone(),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::SecurityWarning => "security warning",
        Severity::Warning => "warning",
        Severity::Suggestion => "suggestion",
    }
}

fn painted(paint: Paint, of: Severity, text: &str) -> String {
    match of {
        Severity::Error => paint.red(text),
        Severity::SecurityWarning | Severity::Warning => paint.yellow(text),
        Severity::Suggestion => paint.blue(text),
    }
}

fn print(host: &mut Host<'_>, file: &Checked, finding: &Finding) -> io::Result<()> {
    let (terminal, paint) = (host.terminal, host.paint());
    print_finding(host.out, terminal, paint, &file.file, &file.source, finding)
}

/// One line for tools, or the place in the source for people.
pub(super) fn print_finding(
    to: &mut dyn Write,
    terminal: crate::Terminal,
    paint: Paint,
    file: &str,
    source: &str,
    finding: &Finding,
) -> io::Result<()> {
    let Finding { place, line, column, title, message, .. } = finding;
    let (kind, message) = (severity(finding.severity), text::printable(message));
    if !terminal.interactive {
        return writeln!(to, "{file}:{line}:{column}: {kind}: {place}: {title}: {message}");
    }
    let head = format!("{kind}: ");
    let message = text::hanging(&head, &format!("{title}: {message}"), terminal.width);
    let message = message.strip_prefix(&head).unwrap_or(&message);
    writeln!(to, "{}{message}", painted(paint, finding.severity, &head))?;
    writeln!(to, "{} {file}:{line}:{column} {}", paint.blue("-->"), paint.dim(&format!("({place})")))?;
    for line in excerpt(source, *line, *column, terminal.width, paint) {
        writeln!(to, "{line}")?;
    }
    writeln!(to)
}

fn summary(host: &mut Host<'_>, report: &Report) -> io::Result<()> {
    let paint = host.paint();
    let mut parts = Vec::new();
    if report.errors > 0 {
        parts.push(paint.red(&text::count(report.errors, "error")));
    }
    if report.warnings > 0 {
        parts.push(paint.yellow(&text::count(report.warnings, "warning")));
    }
    if report.suggestions > 0 {
        parts.push(paint.blue(&text::count(report.suggestions, "suggestion")));
    }
    let found = if parts.is_empty() { paint.green("nothing to remark") } else { parts.join(", ") };
    // Line-based tools take the standard output as findings only.
    let to: &mut dyn Write = if host.terminal.interactive { host.out } else { host.err };
    writeln!(to, "{} checked: {found}", text::count(report.files.len(), "file"))
}

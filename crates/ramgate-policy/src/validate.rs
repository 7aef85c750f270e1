//! Findings about a document: what it will never do, and what it does more of than its author may think.
//!
//! The validator never changes what a document means, and unlike the parser it needs a catalog. It works in an open
//! world: a service that the catalog does not know may well exist, so that unknown names are warnings and no errors.
//! Called by the API when policies are written, by `ramgate policy check`, and by the console's editor.

mod actions;
mod breadth;
mod conditions;
mod nearest;
mod never;
mod overlap;
mod places;
mod resources;

use serde::Serialize;

use crate::catalog::{ActionSpec, Catalog};
use crate::document::{Document, DocumentKind, Statement};
use crate::pattern::ActionPattern;
use places::{Element, Places};

/// How bad a finding is, under the four levels of the official policy checker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Severity {
    /// The document is invalid, or a statement is; such a document is refused when written.
    Error,
    /// The document grants more than is prudent, or protects less than it seems to.
    SecurityWarning,
    /// A part of the document has no effect.
    Warning,
    /// The document would be better written differently.
    Suggestion,
}

/// One thing worth knowing about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where in the document, for example `Statement[2].Action[0]`.
    pub place: String,
    /// Line in the text, from 1.
    pub line: usize,
    /// Column in the line, in characters, from 1.
    pub column: usize,
    /// Short title.
    pub title: &'static str,
    /// What was found, lower case, without a full stop.
    pub message: String,
}

/// `Statement[2].Action[0] (line 3, column 7): Unknown action: …`
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (line {}, column {}): {}: {}", self.place, self.line, self.column, self.title, self.message)
    }
}

/// Checks a document against what exists. Findings come in the order of the text, the worse first at one place.
///
/// The problems of a document that [`Document::parse_stored`] let through are among them, as errors.
pub fn validate(document: &Document, catalog: &Catalog) -> Vec<Finding> {
    let problems = document.problems().iter().map(|problem| Finding {
        severity: Severity::Error,
        place: problem.place.clone(),
        line: problem.line,
        column: problem.column,
        title: problem.title,
        message: problem.message.clone(),
    });
    let mut findings = Findings { found: problems.collect(), places: Places::new(document.text()) };
    let trust = document.kind() == DocumentKind::Trust;
    for statement in document.statements() {
        let checked = Checked::new(statement, catalog);
        actions::check(&checked, &mut findings);
        conditions::check(&checked, &mut findings);
        if trust {
            breadth::check_trust(&checked, &mut findings);
        } else {
            resources::check(&checked, &mut findings);
            breadth::check(&checked, &mut findings);
        }
    }
    never::check(document, catalog, &mut findings);
    let mut found = findings.found;
    found.sort_by_key(|finding| (finding.line, finding.column, finding.severity));
    found.dedup();
    found
}

/// Entries of a list, and statements of a document, that are compared with each other at most. Comparing all of a list
/// that fills the largest document would take longer than anyone waits for a check.
const MAX_COMPARED: usize = 400;

/// A statement with what the catalog says of its actions.
struct Checked<'a> {
    statement: &'a Statement,
    catalog: &'a Catalog,
    /// For each entry of `Action`, the actions of the catalog that it matches.
    matched: Vec<Vec<&'a ActionSpec>>,
}

impl<'a> Checked<'a> {
    fn new(statement: &'a Statement, catalog: &'a Catalog) -> Self {
        let matching =
            |pattern: &ActionPattern| catalog.actions().iter().filter(|action| pattern.matches(&action.name)).collect();
        let matched = statement.actions.patterns.iter().map(matching).collect();
        Checked { statement, catalog, matched }
    }

    /// The actions of the catalog that the statement covers.
    fn actions(&self) -> Vec<&'a ActionSpec> {
        let covers = |action: &&ActionSpec| self.statement.matches_action(&action.name);
        self.catalog.actions().iter().filter(covers).collect()
    }

    /// Whether the statement may cover actions that the catalog does not know.
    fn reaches_beyond_catalog(&self) -> bool {
        self.statement.actions.negated
            || self.statement.actions.patterns.iter().zip(&self.matched).any(|(pattern, matched)| match pattern {
                ActionPattern::Named { service, .. } => matched.is_empty() || self.catalog.service(service).is_none(),
                ActionPattern::Everything => true,
                ActionPattern::Invalid(_) => false,
            })
    }
}

/// Collects findings and knows where things stand.
struct Findings<'a> {
    found: Vec<Finding>,
    places: Places<'a>,
}

impl Findings<'_> {
    fn add(
        &mut self,
        severity: Severity,
        statement: &Statement,
        element: Element<'_>,
        title: &'static str,
        message: impl Into<String>,
    ) {
        let (place, at) = self.places.find(statement.index, element);
        let (line, column) = (at.line, at.column);
        self.found.push(Finding { severity, place, line, column, title, message: message.into() });
    }
}

/// The names of actions for a message, cut after three.
fn name_some(actions: &[&ActionSpec]) -> String {
    let names: Vec<String> = actions.iter().take(3).map(|action| format!("`{}`", action.name)).collect();
    match actions.len().saturating_sub(3) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

//! A policy document: its text, kept byte for byte, and the statements read from it.
//!
//! Two ways in. [`Document::parse`] is for documents that someone writes: it refuses everything outside the grammar and
//! reports every problem with its place. [`Document::parse_stored`] is for documents that are already in force (older
//! data, imports): it never refuses JSON, and a statement that is not understood fails closed: as an Allow it does not
//! apply, as a Deny it applies as widely as its unreadable parts could mean.

mod read;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::Catalog;
use crate::condition::Condition;
use crate::context::Context;
use crate::pattern::{ActionPattern, Arn, ResourcePattern};
use crate::problem::{Position, Problem, Problems};

/// What a document is for, which decides its grammar and its size limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    /// A policy attached to users, groups and roles.
    Identity,
    /// The policy that narrows one role session.
    Session,
    /// The trust policy of a role: statements name principals and no resources.
    Trust,
    /// A control policy of a resource directory.
    Control,
}

impl DocumentKind {
    /// Longest text, in characters.
    ///
    /// Source: RAM API reference, CreatePolicy (6,144) and STS API reference, AssumeRole (2,048). No limit is published
    /// for trust policies; 4,096 is ours, as is the same limit for control policies.
    pub const fn max_characters(self) -> usize {
        match self {
            DocumentKind::Identity => 6144,
            DocumentKind::Session => 2048,
            DocumentKind::Trust | DocumentKind::Control => 4096,
        }
    }
}

/// A policy document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    text: Arc<str>,
    kind: DocumentKind,
    statements: Vec<Statement>,
    problems: Vec<Problem>,
}

impl Document {
    /// Reads a document that is about to be stored. Fails with everything that is wrong with it.
    pub fn parse(text: &str, kind: DocumentKind) -> Result<Document, Problems> {
        let document = read::read(text, kind, read::Strictness::Written)?;
        if document.problems.is_empty() { Ok(document) } else { Err(Problems(document.problems)) }
    }

    /// Reads an identity policy that is already in force, whatever its flaws. Fails only for text that is not JSON.
    pub fn parse_stored(text: &str) -> Result<Document, Problems> {
        Document::parse_stored_as(text, DocumentKind::Identity)
    }

    /// As [`Document::parse_stored`], for a document of any kind.
    pub fn parse_stored_as(text: &str, kind: DocumentKind) -> Result<Document, Problems> {
        read::read(text, kind, read::Strictness::Stored)
    }

    /// The text as it was given, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the document is for.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The statements in the order of the text.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// What is wrong with a document that [`Document::parse_stored`] let through.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// Whether a statement grants or refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Effect {
    /// Grants what no statement denies.
    Allow,
    /// Refuses, whatever other statements grant.
    Deny,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        })
    }
}

/// One statement of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Position in the document's `Statement` list, from 0.
    pub index: usize,
    /// Whether the statement grants or refuses.
    pub effect: Effect,
    /// `Action` or `NotAction`.
    pub actions: Patterns<ActionPattern>,
    /// `Resource` or `NotResource`; in a trust policy everything.
    pub resources: Patterns<ResourcePattern>,
    /// `Principal`; only in trust policies.
    pub principals: Vec<Principal>,
    /// All conditions; each must hold.
    pub conditions: Vec<Condition>,
    /// Where the statement starts.
    pub position: Position,
    /// Why the statement is not understood. Then its Allow does not apply; its Deny does, as widely as the unreadable
    /// parts could mean. Empty for every document that [`Document::parse`] accepted.
    pub defects: Vec<String>,
    /// Whether a Deny whose principals cannot be read applies to everyone.
    any_principal: bool,
}

impl Statement {
    /// Whether the statement can take part in a decision: an Allow that is not understood cannot.
    pub fn is_applicable(&self) -> bool {
        self.defects.is_empty() || self.effect == Effect::Deny
    }

    /// The conditions that count in decisions, given the types of the catalog's keys; `None` when the statement takes no
    /// part in decisions. A condition whose operator does not fit its key makes an Allow inapplicable, and does not
    /// narrow a Deny.
    pub fn in_force<'s>(&'s self, catalog: &Catalog) -> Option<Vec<&'s Condition>> {
        let fitting: Vec<&Condition> = self.conditions.iter().filter(|condition| condition.fits(catalog)).collect();
        let understood = self.effect == Effect::Deny || fitting.len() == self.conditions.len();
        (self.is_applicable() && understood).then_some(fitting)
    }

    /// Whether the statement covers an action `<service>:<name>`.
    pub fn matches_action(&self, action: &str) -> bool {
        self.actions.matches(|pattern| pattern.matches(action))
    }

    /// Whether the statement covers a resource name.
    pub fn matches_resource(&self, resource: &str) -> bool {
        match Arn::parse(resource) {
            Some(arn) => self.matches_arn(&arn.normalised()),
            None => self.resources.matches(|pattern| *pattern == ResourcePattern::Everything),
        }
    }

    pub(crate) fn matches_arn(&self, arn: &Arn<'_>) -> bool {
        self.resources.matches(|pattern| pattern.matches_arn(arn))
    }

    /// The first condition that does not hold for a request.
    pub fn failed_condition(&self, context: &Context) -> Option<&Condition> {
        self.conditions.iter().find(|condition| !condition.holds(context))
    }

    /// Whether a trust policy's statement names the caller.
    pub fn matches_principal(&self, caller: &crate::trust::Caller<'_>) -> bool {
        self.any_principal || self.principals.iter().any(|principal| principal.matches(caller))
    }
}

/// The patterns of an element, or everything but them.
#[derive(Debug, Clone, PartialEq)]
pub struct Patterns<P> {
    /// Whether the element is the negated one (`NotAction`, `NotResource`).
    pub negated: bool,
    /// The patterns, in the order of the text.
    pub patterns: Vec<P>,
}

impl<P> Patterns<P> {
    fn matches(&self, matches: impl FnMut(&P) -> bool) -> bool {
        self.patterns.iter().any(matches) != self.negated
    }
}

/// Someone whom a trust policy names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// `acs:ram::<uid>:root`: every user and every role of the account.
    Account(String),
    /// `acs:ram::<uid>:user/<name>`
    User {
        /// Account of the user.
        account: String,
        /// Name of the user; names ignore case.
        name: String,
    },
    /// `acs:ram::<uid>:role/<name>`
    Role {
        /// Account of the role.
        account: String,
        /// Name of the role; names ignore case.
        name: String,
    },
    /// A cloud service, for example `ecs.aliyuncs.com`.
    Service(String),
    /// An identity provider, by its resource name.
    Federated(String),
}

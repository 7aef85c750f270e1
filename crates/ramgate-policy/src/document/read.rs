//! From JSON to statements, with every problem reported at its place. Called by [`super::Document`] only.

mod condition;
mod principal;

use std::collections::HashSet;
use std::ops::Range;

use super::{Document, DocumentKind, Effect, Patterns, Statement};
use crate::json::{self, Member, Node, Value};
use crate::pattern::{ActionPattern, Arn, ResourcePattern};
use crate::problem::{Lines, Problem, Problems, title};

/// Enough to repair a document; what lies behind them is not worth the memory.
const MAX_PROBLEMS: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// About to be stored: sizes count, and problems make the document unusable.
    Written,
    /// Already in force: no size limit, and the caller keeps the document in spite of its problems.
    Stored,
}

/// Reads a document. `Err` only when the text is not JSON or, for a written one, too long to look at.
pub(super) fn read(text: &str, kind: DocumentKind, strictness: Strictness) -> Result<Document, Problems> {
    let mut reader = Reader { lines: Lines::new(text), kind, problems: Vec::new(), defects: Vec::new() };
    if strictness == Strictness::Written {
        let (length, limit) = (text.chars().count(), kind.max_characters());
        if length > limit {
            let message = format!("the document has {length} characters; at most {limit} are allowed");
            reader.report("$", 0, title::DOCUMENT_TOO_LONG, message);
            return Err(Problems(reader.problems));
        }
    }
    let root = match json::read(text) {
        Ok(root) => root,
        Err(error) => {
            reader.report("$", error.offset, title::JSON_SYNTAX_ERROR, error.message);
            return Err(Problems(reader.problems));
        }
    };
    let statements = reader.document(&root);
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    Ok(Document { text: text.into(), kind, statements, problems: reader.problems })
}

struct Reader<'a> {
    lines: Lines<'a>,
    kind: DocumentKind,
    problems: Vec<Problem>,
    /// What makes the present statement (or the whole document, between statements) not understood.
    defects: Vec<String>,
}

/// What a member that should occur once came to.
enum Element<'n> {
    Absent,
    Present(&'n Node),
    /// Occurs more than once.
    Unclear,
}

impl Reader<'_> {
    fn report(&mut self, place: &str, offset: usize, title: &'static str, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            let at = self.lines.position(offset);
            let (place, message) = (place.to_owned(), message.into());
            self.problems.push(Problem { place, line: at.line, column: at.column, title, message });
        }
    }

    /// Reports a problem that leaves the statement not understood.
    fn defect(&mut self, place: &str, span: &Range<usize>, title: &'static str, message: impl Into<String>) {
        let message = message.into();
        self.defects.push(format!("{place}: {message}"));
        self.report(place, span.start, title, message);
    }

    fn document(&mut self, root: &Node) -> Vec<Statement> {
        let Value::Object(members) = &root.value else {
            let message = format!("a policy is a JSON object, not {}", root.value.describe());
            self.report("$", root.span.start, title::DATA_TYPE_MISMATCH, message);
            return Vec::new();
        };
        self.duplicates("", members);
        for member in members {
            if !matches!(member.name.as_str(), "Version" | "Statement") {
                let message = format!("a policy has no element `{}`", member.name);
                self.defect(&member.name, &member.name_span, title::INVALID_POLICY_ELEMENT, message);
            }
        }
        match only(members, "Version") {
            Element::Present(Node { value: Value::String(version), .. }) if version == "1" => {}
            Element::Present(node) => {
                let message = match &node.value {
                    Value::String(version) => format!("the version is `{version}`; it must be `1`"),
                    other => format!("the version must be the string `1`, not {}", other.describe()),
                };
                self.defect("Version", &node.span, title::INVALID_VERSION, message);
            }
            Element::Absent => {
                self.defect(
                    "$",
                    &root.span,
                    title::INVALID_VERSION,
                    "the element `Version` is missing; it must be `1`",
                );
            }
            Element::Unclear => {}
        }
        let of_document = std::mem::take(&mut self.defects);
        let mut statements = Vec::new();
        // All of them, also when the element occurs twice: a Deny in either must count.
        let lists: Vec<&Member> = members.iter().filter(|member| member.name == "Statement").collect();
        if lists.is_empty() {
            self.report("$", root.span.start, title::MISSING_STATEMENT, "the element `Statement` is missing");
            if members.iter().any(|member| member.name == "Effect") {
                // A lone statement where a policy should be.
                self.statement(root, "$", &of_document, &mut statements);
            }
        }
        for list in lists {
            match &list.node.value {
                Value::Array(items) => {
                    if items.is_empty() {
                        let message = "a policy needs at least one statement";
                        self.report("Statement", list.node.span.start, title::EMPTY_ELEMENT, message);
                    }
                    for item in items {
                        let place = format!("Statement[{}]", statements.len());
                        self.statement(item, &place, &of_document, &mut statements);
                    }
                }
                Value::Object(_) => {
                    let message = "must be an array of statements, not an object";
                    self.report("Statement", list.node.span.start, title::DATA_TYPE_MISMATCH, message);
                    let place = format!("Statement[{}]", statements.len());
                    self.statement(&list.node, &place, &of_document, &mut statements);
                }
                other => {
                    let message = format!("must be an array of statements, not {}", other.describe());
                    self.report("Statement", list.node.span.start, title::DATA_TYPE_MISMATCH, message);
                }
            }
        }
        statements
    }

    /// Reports members that occur more than once and names them; whoever reads them treats them as unclear.
    fn duplicates<'n>(&mut self, place: &str, members: &'n [Member]) -> HashSet<&'n str> {
        let mut seen = HashSet::new();
        let mut repeated = HashSet::new();
        for member in members {
            if !seen.insert(member.name.as_str()) {
                repeated.insert(member.name.as_str());
                let message = format!("`{}` occurs more than once", member.name);
                self.defect(&within(place, &member.name), &member.name_span, title::DUPLICATE_ELEMENT, message);
            }
        }
        repeated
    }

    fn statement(&mut self, node: &Node, place: &str, of_document: &[String], out: &mut Vec<Statement>) {
        self.defects = of_document.to_vec();
        let Value::Object(members) = &node.value else {
            let message = format!("a statement is an object, not {}", node.value.describe());
            self.defect(place, &node.span, title::DATA_TYPE_MISMATCH, message);
            // Keeps its place in the list, as an Allow that does not apply.
            out.push(Statement {
                index: out.len(),
                effect: Effect::Allow,
                actions: Patterns { negated: false, patterns: Vec::new() },
                resources: Patterns { negated: false, patterns: Vec::new() },
                principals: Vec::new(),
                conditions: Vec::new(),
                position: self.lines.position(node.span.start),
                defects: std::mem::take(&mut self.defects),
                any_principal: false,
            });
            return;
        };
        self.duplicates(place, members);
        let trust = self.kind == DocumentKind::Trust;
        for member in members {
            let known = match member.name.as_str() {
                "Effect" | "Action" | "Condition" => true,
                "NotAction" | "Resource" | "NotResource" => !trust,
                "Principal" => trust,
                // Members of the document when a lone statement stands in its place.
                "Version" => place == "$",
                _ => false,
            };
            if !known && place != "$" {
                let what = if trust { "a trust policy's statement" } else { "a statement" };
                let message = format!("{what} has no element `{}`", member.name);
                self.defect(&within(place, &member.name), &member.name_span, title::INVALID_POLICY_ELEMENT, message);
            }
        }
        let effect = self.effect(node, members, place);
        let actions = self.actions(node, members, place);
        let resources = if trust {
            Patterns { negated: false, patterns: vec![ResourcePattern::Everything] }
        } else {
            self.resources(node, members, place)
        };
        let principals = if trust { self.principals(node, members, place) } else { Some(Vec::new()) };
        let conditions = self.conditions(members, place);
        let defects = std::mem::take(&mut self.defects);
        let position = self.lines.position(node.span.start);
        out.push(Statement {
            index: out.len(),
            effect,
            actions,
            resources,
            any_principal: principals.is_none() && effect == Effect::Deny,
            principals: principals.unwrap_or_default(),
            conditions,
            position,
            defects,
        });
    }

    /// The effect. What is not clearly an Allow and could be a Deny is one; what is neither has no effect at all but
    /// keeps its place, as an Allow that does not apply.
    fn effect(&mut self, node: &Node, members: &[Member], place: &str) -> Effect {
        match only(members, "Effect") {
            Element::Present(Node { value: Value::String(text), .. }) if text == "Allow" => Effect::Allow,
            Element::Present(Node { value: Value::String(text), .. }) if text == "Deny" => Effect::Deny,
            Element::Present(Node { value, span }) => {
                let (message, denies) = match value {
                    Value::String(text) => (
                        format!("the effect is `{text}`; it must be `Allow` or `Deny`"),
                        text.trim().eq_ignore_ascii_case("deny"),
                    ),
                    other => (format!("the effect must be `Allow` or `Deny`, not {}", other.describe()), false),
                };
                self.defect(&within(place, "Effect"), span, title::INVALID_EFFECT, message);
                if denies { Effect::Deny } else { Effect::Allow }
            }
            Element::Absent => {
                self.defect(place, &node.span, title::MISSING_EFFECT, "the element `Effect` is missing");
                Effect::Allow
            }
            Element::Unclear => {
                let denies = members.iter().any(|member| {
                    member.name == "Effect" && matches!(&member.node.value, Value::String(text) if text == "Deny")
                });
                if denies { Effect::Deny } else { Effect::Allow }
            }
        }
    }

    /// Finds the one of `name` and `not_name` that a statement must have. `None` when that is not clear.
    fn either<'n>(
        &mut self,
        node: &Node,
        members: &'n [Member],
        place: &str,
        (name, not_name, missing): (&str, &str, &'static str),
    ) -> Option<(&'n Node, bool)> {
        match (only(members, name), only(members, not_name)) {
            (Element::Present(node), Element::Absent) => Some((node, false)),
            (Element::Absent, Element::Present(node)) => Some((node, true)),
            (Element::Absent, Element::Absent) => {
                let message = format!("add an {name} or {not_name} element to the policy statement");
                let message = if name == "Resource" { message.replacen("an ", "a ", 1) } else { message };
                self.defect(place, &node.span, missing, message);
                None
            }
            (Element::Present(_), Element::Present(second)) => {
                let message = format!("a statement has either `{name}` or `{not_name}`, not both");
                self.defect(&within(place, not_name), &second.span, title::INVALID_POLICY_ELEMENT, message);
                None
            }
            _ => None,
        }
    }

    fn actions(&mut self, node: &Node, members: &[Member], place: &str) -> Patterns<ActionPattern> {
        let names = ("Action", "NotAction", title::MISSING_ACTION);
        let Some((list, negated)) = self.either(node, members, place, names) else {
            return Patterns { negated: false, patterns: vec![ActionPattern::Everything] };
        };
        let place = within(place, if negated { "NotAction" } else { "Action" });
        let Some(texts) = self.texts(list, &place) else {
            return Patterns { negated: false, patterns: vec![ActionPattern::Everything] };
        };
        let mut patterns = Vec::with_capacity(texts.len());
        for (place, span, text) in texts {
            let pattern = ActionPattern::read(&text);
            if let ActionPattern::Invalid(_) = pattern {
                let message = format!("`{text}` is neither `*` nor of the form `<ram-code>:<action-name>`");
                self.item_problem(negated, &place, &span, title::INVALID_ACTION_FORMAT, message);
            }
            patterns.push(pattern);
        }
        Patterns { negated, patterns }
    }

    fn resources(&mut self, node: &Node, members: &[Member], place: &str) -> Patterns<ResourcePattern> {
        let names = ("Resource", "NotResource", title::MISSING_RESOURCE);
        let Some((list, negated)) = self.either(node, members, place, names) else {
            return Patterns { negated: false, patterns: vec![ResourcePattern::Everything] };
        };
        let place = within(place, if negated { "NotResource" } else { "Resource" });
        let Some(texts) = self.texts(list, &place) else {
            return Patterns { negated: false, patterns: vec![ResourcePattern::Everything] };
        };
        let mut patterns = Vec::with_capacity(texts.len());
        for (place, span, text) in texts {
            let pattern = ResourcePattern::read(&text);
            if let ResourcePattern::Invalid(_) = pattern {
                let prefixed = text.split_once(':').is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case("acs"));
                let (title, message) = match Arn::parse(&text) {
                    _ if !prefixed => {
                        (title::INVALID_ARN_PREFIX, format!("`{text}` is neither `*` nor does it start with `acs:`"))
                    }
                    None => (
                        title::MISSING_ARN_FIELD,
                        format!("`{text}` lacks fields of `acs:<ram-code>:<region>:<account-id>:<relative-id>`"),
                    ),
                    Some(_) => (title::MISSING_ARN_FIELD, format!("`{text}` has an empty ram-code or relative-id")),
                };
                self.item_problem(negated, &place, &span, title, message);
            }
            patterns.push(pattern);
        }
        Patterns { negated, patterns }
    }

    /// Reports an entry that matches nothing. In a negated list that widens the statement, which an Allow must not do.
    fn item_problem(
        &mut self,
        negated: bool,
        place: &str,
        span: &Range<usize>,
        title: &'static str,
        message: impl Into<String>,
    ) {
        if negated {
            self.defect(place, span, title, message);
        } else {
            self.report(place, span.start, title, message);
        }
    }

    /// The strings of a value that is a string or a list of strings; `None` when it is neither. Entries of other types
    /// are left out: they could match nothing.
    fn texts(&mut self, node: &Node, place: &str) -> Option<Vec<(String, Range<usize>, String)>> {
        let mut out = Vec::new();
        match &node.value {
            Value::String(text) => out.push((place.to_owned(), node.span.clone(), text.clone())),
            Value::Array(items) => {
                if items.is_empty() {
                    self.defect(place, &node.span, title::EMPTY_ELEMENT, "the list is empty");
                }
                for (i, item) in items.iter().enumerate() {
                    let place = format!("{place}[{i}]");
                    match &item.value {
                        Value::String(text) => out.push((place, item.span.clone(), text.clone())),
                        other => {
                            let message = format!("must be a string, not {}", other.describe());
                            self.defect(&place, &item.span, title::DATA_TYPE_MISMATCH, message);
                        }
                    }
                }
            }
            other => {
                let message = format!("must be a string or a list of strings, not {}", other.describe());
                self.defect(place, &node.span, title::DATA_TYPE_MISMATCH, message);
                return None;
            }
        }
        Some(out)
    }

    /// The members of an object, and which of them occur more than once; anything else is a defect.
    fn object<'n>(&mut self, node: &'n Node, place: &str) -> Option<(&'n [Member], HashSet<&'n str>)> {
        match &node.value {
            Value::Object(members) => {
                let repeated = self.duplicates(place, members);
                Some((members, repeated))
            }
            Value::TooDeep => {
                self.defect(place, &node.span, title::NESTED_TOO_DEEPLY, "the value is nested too deeply");
                None
            }
            other => {
                let message = format!("must be an object, not {}", other.describe());
                self.defect(place, &node.span, title::DATA_TYPE_MISMATCH, message);
                None
            }
        }
    }
}

/// `Statement[2]` and `Action` make `Statement[2].Action`.
fn within(place: &str, name: &str) -> String {
    if place.is_empty() || place == "$" { name.to_owned() } else { format!("{place}.{name}") }
}

/// The member of this name, if there is exactly one.
fn only<'n>(members: &'n [Member], name: &str) -> Element<'n> {
    let mut found = members.iter().filter(|member| member.name == name);
    match (found.next(), found.next()) {
        (None, _) => Element::Absent,
        (Some(member), None) => Element::Present(&member.node),
        _ => Element::Unclear,
    }
}

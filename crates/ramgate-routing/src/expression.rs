//! Expressions of routes: RE2-like, matching the whole text, bounded in size.
//!
//! The literal beginning is compared as it is, and finds the expression in the trie. What follows becomes a small automaton
//! as a rule; what would be too large for one runs on a general engine, still in time linear in the text.

mod automaton;

use crate::path::{MAX_PATH_LEN, match_form_of_literal};
use automaton::Automaton;
use regex_automata::nfa::thompson;
use regex_automata::{Anchored, Input, meta};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look, LookSet, Repetition};
use std::fmt;

/// The greatest length of an expression, in bytes.
pub(crate) const MAX_EXPRESSION_LEN: usize = MAX_PATH_LEN;
/// Bounds of what one expression may take in memory.
const NFA_LIMIT: usize = 64 << 10;
const HYBRID_CACHE: usize = 256 << 10;
const NEST_LIMIT: u32 = 64;

/// Why a text is no usable expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ExpressionError {
    #[error("the expression is longer than {MAX_EXPRESSION_LEN} bytes")]
    TooLong,
    #[error("the expression is not valid: {0}")]
    Syntax(String),
    #[error("the expression needs too much memory")]
    TooLarge,
}

/// What an expression is compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A path in its match form.
    Path,
    /// A header value or decoded query value.
    Value,
}

/// A compiled expression.
#[derive(Clone)]
pub(crate) struct Expression {
    ignore_case: bool,
    /// What every matching text begins with, in lower case where case is ignored; may be empty.
    literal_prefix: Box<[u8]>,
    /// How much of it the engine need not see again.
    skipped: usize,
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Automaton(Box<Automaton>),
    General(meta::Regex),
}

impl Expression {
    pub(crate) fn compile(text: &str, subject: Subject, ignore_case: bool) -> Result<Self, ExpressionError> {
        if text.len() > MAX_EXPRESSION_LEN {
            return Err(ExpressionError::TooLong);
        }
        let hir = simplified(&parse(text, ignore_case)?, subject);
        let mut literal_prefix = Vec::new();
        let rest = split_literals(&hir, ignore_case, &mut literal_prefix);
        let skipped = literal_prefix.len();
        collect_prefix(&rest, ignore_case, &mut literal_prefix);
        literal_prefix.truncate(MAX_PATH_LEN.max(skipped));
        // Anchored in the syntax tree and not by text around it, which an expression could escape from (`a)|(b`).
        let whole = Hir::concat(vec![Hir::look(Look::Start), rest, Hir::look(Look::End)]);
        let engine = Engine::build(&whole)?;
        Ok(Self { ignore_case, literal_prefix: literal_prefix.into(), skipped, engine })
    }

    pub(crate) fn is_match(&self, text: &[u8]) -> bool {
        let Some((head, rest)) = text.split_at_checked(self.skipped) else { return false };
        let literal = self.literal_prefix.get(..self.skipped).unwrap_or_default();
        // An empty slice may stand at no real address, where comparing is slow on some processors.
        let begins = match self.ignore_case {
            _ if self.skipped == 0 => true,
            true => head.eq_ignore_ascii_case(literal),
            false => head == literal,
        };
        begins
            && match &self.engine {
                Engine::Automaton(automaton) => automaton.is_match(rest),
                Engine::General(regex) => regex.is_match(Input::new(rest).anchored(Anchored::Yes).earliest(true)),
            }
    }

    pub(crate) fn literal_prefix(&self) -> &[u8] {
        &self.literal_prefix
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expression").field("literal_prefix", &self.literal_prefix.escape_ascii().to_string()).finish()
    }
}

impl Engine {
    fn build(hir: &Hir) -> Result<Self, ExpressionError> {
        let nfa_config = thompson::Config::new()
            .utf8(false)
            .which_captures(thompson::WhichCaptures::None)
            .nfa_size_limit(Some(NFA_LIMIT));
        let nfa = thompson::Compiler::new()
            .configure(nfa_config)
            .build_from_hir(hir)
            .map_err(|_| ExpressionError::TooLarge)?;
        if let Some(automaton) = Automaton::build(&nfa) {
            return Ok(Self::Automaton(Box::new(automaton)));
        }
        let config =
            meta::Config::new().utf8_empty(false).nfa_size_limit(Some(NFA_LIMIT)).hybrid_cache_capacity(HYBRID_CACHE);
        meta::Builder::new()
            .configure(config)
            .build_from_hir(hir)
            .map(Self::General)
            .map_err(|_| ExpressionError::TooLarge)
    }
}

/// Parses bytewise, with ASCII classes, as RE2 has them; an expression that needs the Unicode tables (`\p{Han}`) gets
/// them.
fn parse(text: &str, ignore_case: bool) -> Result<Hir, ExpressionError> {
    let parsed = |unicode: bool| {
        let hir = ParserBuilder::new()
            .nest_limit(NEST_LIMIT)
            .case_insensitive(ignore_case)
            .unicode(unicode)
            .utf8(false)
            .build()
            .parse(text);
        hir.map_err(|error| ExpressionError::Syntax(reason_of(&error)))
    };
    parsed(false).or_else(|_| parsed(true))
}

/// The reason alone, without the drawing of where.
fn reason_of(error: &regex_syntax::Error) -> String {
    match error {
        regex_syntax::Error::Parse(error) => format!("{} at byte {}", error.kind(), error.span().start.offset),
        regex_syntax::Error::Translate(error) => format!("{} at byte {}", error.kind(), error.span().start.offset),
        other => other.to_string(),
    }
}

/// Without captures, which nobody asks for, and on paths with literal pieces in the form that paths have when they are
/// compared.
fn simplified(hir: &Hir, subject: Subject) -> Hir {
    let all = |parts: &[Hir]| parts.iter().map(|part| simplified(part, subject)).collect();
    match hir.kind() {
        HirKind::Literal(literal) if subject == Subject::Path => Hir::literal(match_form_of_literal(&literal.0)),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            min: repetition.min,
            max: repetition.max,
            greedy: repetition.greedy,
            sub: Box::new(simplified(&repetition.sub, subject)),
        }),
        HirKind::Capture(capture) => simplified(&capture.sub, subject),
        HirKind::Concat(parts) => Hir::concat(all(parts)),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}

/// Takes the literals off the beginning and returns what follows.
fn split_literals(hir: &Hir, ignore_case: bool, literals: &mut Vec<u8>) -> Hir {
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let mut n = 0;
    while let Some(part) = parts.get(n)
        && (is_literal(part, ignore_case) || (n == 0 && matches!(part.kind(), HirKind::Look(Look::Start))))
    {
        collect_prefix(part, ignore_case, literals);
        n += 1;
    }
    let rest = Hir::concat(parts.get(n..).unwrap_or_default().to_vec());
    // What looks back must see what is before it.
    if rest.properties().look_set().remove(Look::End) != LookSet::empty() {
        literals.clear();
        return hir.clone();
    }
    rest
}

fn is_literal(hir: &Hir, ignore_case: bool) -> bool {
    matches!(hir.kind(), HirKind::Literal(_)) || (ignore_case && case_pair(hir).is_some())
}

/// Appends what every text matched by `hir` begins with; true where that is the whole of what `hir` matches.
fn collect_prefix(hir: &Hir, ignore_case: bool, prefix: &mut Vec<u8>) -> bool {
    match hir.kind() {
        HirKind::Empty => true,
        HirKind::Literal(literal) => {
            let case = |byte: &u8| if ignore_case { byte.to_ascii_lowercase() } else { *byte };
            prefix.extend(literal.0.iter().map(case));
            true
        }
        HirKind::Class(_) => match case_pair(hir) {
            Some(byte) if ignore_case => {
                prefix.push(byte);
                true
            }
            _ => false,
        },
        HirKind::Look(look) => *look == Look::Start && prefix.is_empty(),
        HirKind::Capture(capture) => collect_prefix(&capture.sub, ignore_case, prefix),
        HirKind::Concat(parts) => parts.iter().all(|part| collect_prefix(part, ignore_case, prefix)),
        HirKind::Repetition(repetition) => {
            if repetition.min > 0 {
                collect_prefix(&repetition.sub, ignore_case, prefix);
            }
            false
        }
        HirKind::Alternation(parts) => {
            let mut common: Option<Vec<u8>> = None;
            for part in parts {
                let mut branch = Vec::new();
                collect_prefix(part, ignore_case, &mut branch);
                let shared = common.as_ref().map_or(branch.len(), |common| common_len(common, &branch));
                branch.truncate(shared);
                common = Some(branch);
            }
            prefix.extend(common.unwrap_or_default());
            false
        }
    }
}

/// The lower-case letter, where `hir` is the class of a letter in both cases.
fn case_pair(hir: &Hir) -> Option<u8> {
    let HirKind::Class(Class::Bytes(class)) = hir.kind() else { return None };
    match class.ranges() {
        [upper, lower] if upper.start() == upper.end() && lower.start() == lower.end() => {
            (upper.start().to_ascii_lowercase() == lower.start()).then(|| lower.start())
        }
        _ => None,
    }
}

/// How many bytes two texts share at their beginning.
pub(crate) fn common_len(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests;

//! Statements without which every decision stays as it is.
//!
//! A statement is shadowed when, for everyone who has it, other statements cover each of its pairs of action and resource
//! pattern under no more conditions than its own: Allows by other Allows or by Denies, Denies by other Denies. What is
//! reported no longer counts as cover, so that all reported statements may be removed together.

use super::holdings::Holdings;
use super::{Code, Finding};
use crate::estate::{EstateIndex, Sid};
use crate::globs;
use ramgate_policy::{ActionPattern, Condition, Effect, ResourcePattern, Severity, Statement};
use std::collections::HashSet;

/// Pairs of patterns of one statement, and statements of one unit, that are looked at at most.
const MAX_PAIRS: usize = 2_000;
const MAX_STATEMENTS: usize = 2_000;

/// A statement with the conditions that count.
struct Candidate<'i> {
    sid: Sid,
    statement: &'i Statement,
    conditions: Vec<&'i Condition>,
}

impl<'i> Candidate<'i> {
    fn new(index: &'i EstateIndex, sid: Sid, statement: &'i Statement) -> Self {
        Candidate { sid, statement, conditions: index.conditions(sid).collect() }
    }

    /// Whether one of its resource patterns begins like one of the other statement's; what does not, covers nothing of it.
    /// A look at a few bytes that spares a look at the patterns for nearly all pairs.
    fn may_cover(&self, narrow: &Candidate<'_>) -> bool {
        let (wide, narrow) = (&self.statement.resources, &narrow.statement.resources);
        if wide.negated || narrow.negated {
            return true;
        }
        wide.patterns.iter().any(|wide| match wide {
            ResourcePattern::Everything => true,
            ResourcePattern::Arn { relative: wide, .. } => narrow.patterns.iter().any(|narrow| match narrow {
                ResourcePattern::Arn { relative: narrow, .. } => begins_like(wide.as_bytes(), narrow.as_bytes()),
                _ => false,
            }),
            ResourcePattern::Invalid(_) => false,
        })
    }
}

/// Whether what stands before the first wildcard of `wide` stands at the beginning of `narrow` as well.
fn begins_like(wide: &[u8], narrow: &[u8]) -> bool {
    for (at, byte) in wide.iter().enumerate() {
        match byte {
            b'*' | b'?' => return true,
            byte if narrow.get(at) != Some(byte) => return false,
            _ => {}
        }
    }
    wide.len() == narrow.len()
}

pub(super) fn check(holdings: &Holdings, index: &EstateIndex, findings: &mut Vec<Finding>) {
    let mut shadowed: HashSet<Sid> = HashSet::new();
    let units: Vec<Vec<Candidate<'_>>> = holdings
        .units
        .iter()
        .map(|unit| {
            let statements = unit.documents.iter().flat_map(|document| index.statements_of(*document));
            let candidate = |(sid, statement)| Candidate::new(index, sid, statement);
            statements.map(candidate).collect()
        })
        .collect();
    for (document, policy) in &holdings.policies {
        for (sid, statement) in index.statements_of(*document) {
            let candidate = Candidate::new(index, sid, statement);
            let mut by: Vec<Sid> = Vec::new();
            let mut effect = None;
            let everywhere = policy.units.iter().all(|unit| {
                let Some(others) = units.get(*unit).filter(|others| others.len() <= MAX_STATEMENTS) else {
                    return false;
                };
                match cover(&candidate, others, &shadowed) {
                    Some((with, sids)) => {
                        effect = effect.or(Some(with));
                        by.extend(sids);
                        true
                    }
                    None => false,
                }
            });
            let Some(effect) = effect.filter(|_| everywhere) else { continue };
            shadowed.insert(sid);
            by.sort_unstable();
            by.dedup();
            let named: Vec<String> = by.iter().take(3).filter_map(|by| name(holdings, index, *by)).collect();
            let more = if by.len() > 3 { " and others" } else { "" };
            let what = match (statement.effect, effect) {
                (Effect::Allow, Effect::Deny) => "all that the statement allows is denied by",
                (Effect::Allow, Effect::Allow) => "all that the statement allows is also allowed by",
                (Effect::Deny, _) => "all that the statement denies is also denied by",
            };
            findings.push(Finding {
                severity: Severity::Suggestion,
                code: Code::ShadowedStatement,
                principal: None,
                place: Some(policy.place(statement, "")),
                message: format!("{what} {}{more}", named.join(", ")),
                suggestion: "remove the statement; no decision changes".to_owned(),
                steps: Vec::new(),
            });
        }
    }
}

fn name(holdings: &Holdings, index: &EstateIndex, sid: Sid) -> Option<String> {
    let policy = holdings.policies.get(&index.document_of(sid))?;
    Some(format!("Statement[{}] of `{}`", index.statement(sid)?.index, policy.name))
}

/// The statements of one effect that together cover a statement.
fn cover(narrow: &Candidate<'_>, others: &[Candidate<'_>], shadowed: &HashSet<Sid>) -> Option<(Effect, Vec<Sid>)> {
    let usable = |other: &&Candidate<'_>| {
        other.sid != narrow.sid
            && other.may_cover(narrow)
            && !shadowed.contains(&other.sid)
            && other.conditions.iter().all(|condition| narrow.conditions.iter().any(|own| same(own, condition)))
    };
    let effects: &[Effect] = match narrow.statement.effect {
        Effect::Allow => &[Effect::Allow, Effect::Deny],
        Effect::Deny => &[Effect::Deny],
    };
    effects.iter().find_map(|effect| {
        let wide: Vec<&Candidate<'_>> =
            others.iter().filter(|other| other.statement.effect == *effect).filter(usable).collect();
        covered_by(narrow.statement, &wide).map(|sids| (*effect, sids))
    })
}

fn same(a: &Condition, b: &Condition) -> bool {
    a.operator == b.operator && a.key == b.key && a.values == b.values
}

/// The statements that cover a statement: one alone, else several by their pairs of patterns. Resources are looked at
/// before actions, since they tell statements apart best.
fn covered_by(narrow: &Statement, wide: &[&Candidate<'_>]) -> Option<Vec<Sid>> {
    let alone = wide.iter().find(|wide| {
        covers_resources(wide.statement, narrow)
            && globs::elements_cover(
                &wide.statement.actions,
                &narrow.actions,
                &ActionPattern::Everything,
                globs::action_covers,
                globs::actions_meet,
            )
    });
    if let Some(alone) = alone {
        return Some(vec![alone.sid]);
    }
    let pairs = narrow.actions.patterns.len() * narrow.resources.patterns.len();
    // With one pair there is nothing to share out.
    if narrow.actions.negated || narrow.resources.negated || !(2..=MAX_PAIRS).contains(&pairs) || wide.len() < 2 {
        return None;
    }
    let mut sids = Vec::new();
    for resource in &narrow.resources.patterns {
        let able: Vec<&Candidate<'_>> =
            wide.iter().filter(|wide| covers_resource(wide.statement, resource)).copied().collect();
        for action in &narrow.actions.patterns {
            let covers = |wide: &&&Candidate<'_>| {
                globs::element_covers(&wide.statement.actions, action, globs::action_covers, globs::actions_meet)
            };
            sids.push(able.iter().find(covers)?.sid);
        }
    }
    Some(sids)
}

fn covers_resource(wide: &Statement, resource: &ResourcePattern) -> bool {
    globs::element_covers(&wide.resources, resource, globs::resource_covers, globs::resources_meet)
}

fn covers_resources(wide: &Statement, narrow: &Statement) -> bool {
    let (resources, everything) = (&narrow.resources, &ResourcePattern::Everything);
    globs::elements_cover(&wide.resources, resources, everything, globs::resource_covers, globs::resources_meet)
}

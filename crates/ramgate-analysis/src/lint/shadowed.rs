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

pub(super) fn check(holdings: &Holdings, index: &EstateIndex, findings: &mut Vec<Finding>) {
    let mut shadowed: HashSet<Sid> = HashSet::new();
    let units: Vec<Vec<Candidate<'_>>> = holdings
        .units
        .iter()
        .map(|unit| {
            let statements = unit.documents.iter().flat_map(|document| index.statements_of(*document));
            let candidate =
                |(sid, statement)| Candidate { sid, statement, conditions: index.conditions(sid).collect() };
            statements.map(candidate).collect()
        })
        .collect();
    for (document, policy) in &holdings.policies {
        for (sid, statement) in index.statements_of(*document) {
            let candidate = Candidate { sid, statement, conditions: index.conditions(sid).collect() };
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

fn covered_by(narrow: &Statement, wide: &[&Candidate<'_>]) -> Option<Vec<Sid>> {
    // One statement alone, also for the negated elements.
    let alone = wide.iter().find(|wide| {
        let everything = ActionPattern::Everything;
        let actions = globs::elements_cover(
            &wide.statement.actions,
            &narrow.actions,
            &everything,
            globs::action_covers,
            globs::actions_meet,
        );
        actions
            && globs::elements_cover(
                &wide.statement.resources,
                &narrow.resources,
                &ResourcePattern::Everything,
                globs::resource_covers,
                globs::resources_meet,
            )
    });
    if let Some(alone) = alone {
        return Some(vec![alone.sid]);
    }
    let pairs = narrow.actions.patterns.len() * narrow.resources.patterns.len();
    if narrow.actions.negated || narrow.resources.negated || pairs == 0 || pairs > MAX_PAIRS || wide.len() < 2 {
        return None;
    }
    let mut sids = Vec::new();
    for action in &narrow.actions.patterns {
        let able: Vec<&&Candidate<'_>> = wide
            .iter()
            .filter(|wide| {
                globs::element_covers(&wide.statement.actions, action, globs::action_covers, globs::actions_meet)
            })
            .collect();
        for resource in &narrow.resources.patterns {
            let covers = |wide: &&&&Candidate<'_>| {
                let element = &wide.statement.resources;
                globs::element_covers(element, resource, globs::resource_covers, globs::resources_meet)
            };
            sids.push(able.iter().find(covers)?.sid);
        }
    }
    Some(sids)
}

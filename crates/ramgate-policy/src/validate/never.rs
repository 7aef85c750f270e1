//! Findings about statements that can never apply, or that another statement makes superfluous.

use std::collections::BTreeMap;

use super::actions::covers_action;
use super::resources::covers_resource;
use super::{Element, Findings, MAX_COMPARED, Severity};
use crate::catalog::Catalog;
use crate::condition::Condition;
use crate::document::{Document, DocumentKind, Effect, Statement};
use crate::key::Key;
use crate::pattern::glob;
use crate::value::Number;

pub(super) fn check(document: &Document, catalog: &Catalog, findings: &mut Findings<'_>) {
    for (i, statement) in document.statements().iter().enumerate() {
        contradictions(statement, catalog, findings);
        if document.kind() != DocumentKind::Trust {
            let earlier = document.statements().get(..i.min(MAX_COMPARED)).unwrap_or(&[]);
            beside(statement, document, earlier, findings);
        }
    }
}

/// Other statements of the document that leave nothing for this one to do.
fn beside(statement: &Statement, document: &Document, earlier: &[Statement], findings: &mut Findings<'_>) {
    let unconditional = |other: &&Statement| other.conditions.is_empty() && other.is_applicable();
    if statement.effect == Effect::Allow {
        let denied = document.statements().iter().filter(|other| other.effect == Effect::Deny).take(MAX_COMPARED);
        if let Some(deny) = denied.filter(unconditional).find(|deny| covers(deny, statement)) {
            let message = format!("Statement[{}] denies all that this statement allows", deny.index);
            findings.add(Severity::Warning, statement, Element::Whole, "Statement never applies", message);
            return;
        }
    }
    let same = |other: &&Statement| {
        other.effect == statement.effect
            && (other.conditions.is_empty() || same_conditions(&other.conditions, &statement.conditions))
            && other.is_applicable()
            && covers(other, statement)
    };
    if let Some(other) = earlier.iter().find(same) {
        let message = format!("Statement[{}] covers all that this statement does", other.index);
        findings.add(Severity::Suggestion, statement, Element::Whole, "Redundant statement", message);
    }
}

fn same_conditions(a: &[Condition], b: &[Condition]) -> bool {
    let same = |x: &Condition, y: &Condition| x.operator == y.operator && x.key == y.key && x.values == y.values;
    a.iter().all(|x| b.iter().any(|y| same(x, y)))
}

/// Whether everything the narrow statement names, the wide one names as well; `false` when that is not plain to see.
fn covers(wide: &Statement, narrow: &Statement) -> bool {
    let negated = wide.actions.negated || wide.resources.negated || narrow.actions.negated || narrow.resources.negated;
    !negated
        && narrow.actions.patterns.iter().all(|pattern| {
            let pattern = pattern.to_string();
            wide.actions.patterns.iter().any(|wide| covers_action(&wide.to_string(), &pattern))
        })
        && narrow
            .resources
            .patterns
            .iter()
            .all(|pattern| wide.resources.patterns.iter().any(|wide| covers_resource(wide, pattern)))
}

/// Conditions of one statement that exclude each other.
fn contradictions(statement: &Statement, catalog: &Catalog, findings: &mut Findings<'_>) {
    let mut by_key: BTreeMap<&str, Vec<&Condition>> = BTreeMap::new();
    for condition in &statement.conditions {
        by_key.entry(condition.key_name.as_str()).or_default().push(condition);
    }
    for (key, conditions) in by_key {
        // Of several request values one may satisfy the first condition and another one the second.
        let single = catalog.key(key).is_some_and(|spec| !spec.array);
        let clash = strings(&conditions, single)
            .or_else(|| if single { window(&conditions) } else { None })
            .or_else(|| networks(&conditions));
        if let Some(condition) = clash {
            let message = format!("the conditions on `{key}` exclude each other, so that the statement never applies");
            let element = Element::Key(condition.operator.name(), &condition.key_name);
            findings.add(Severity::Warning, statement, element, "Statement never applies", message);
        }
    }
}

/// Every value that one condition admits is refused by another.
fn strings<'c>(conditions: &[&'c Condition], single: bool) -> Option<&'c Condition> {
    let exact = |condition: &&&Condition| condition.operator.name() == "StringEquals";
    // Names of roles ignore case in ways that are not looked into here.
    let positive = conditions.iter().filter(|condition| condition.key != Key::PrincipalArn).find(exact)?;
    let admitted = |value: &String, other: &Condition| {
        let matched = other.values.iter().any(|wanted| match other.operator.name() {
            "StringEquals" | "StringNotEquals" => wanted == value,
            "StringEqualsIgnoreCase" | "StringNotEqualsIgnoreCase" => wanted.eq_ignore_ascii_case(value),
            _ => glob(wanted, value, false),
        });
        matched != other.operator.is_negated()
    };
    let strings = conditions.iter().filter(|other| other.operator.key_type() == crate::KeyType::String);
    let mut others =
        strings.filter(|other| !std::ptr::eq(**other, *positive) && (single || other.operator.is_negated()));
    others.find(|other| !positive.values.iter().any(|value| admitted(value, other))).copied()
}

/// A lower bound that is not below the upper bound.
fn window<'c>(conditions: &[&'c Condition]) -> Option<&'c Condition> {
    /// One-sided bounds by operator: (is lower, is strict).
    fn side(condition: &Condition) -> Option<(bool, bool)> {
        let name = condition.operator.name();
        let name = name.strip_prefix("Date").or_else(|| name.strip_prefix("Numeric"))?;
        match name {
            "GreaterThan" => Some((true, true)),
            "GreaterThanEquals" => Some((true, false)),
            "LessThan" => Some((false, true)),
            "LessThanEquals" => Some((false, false)),
            _ => None,
        }
    }
    for low in conditions {
        for high in conditions {
            let (Some((true, low_strict)), Some((false, high_strict))) = (side(low), side(high)) else { continue };
            let strict = low_strict || high_strict;
            let times = low.times().iter().min().zip(high.times().iter().max()).map(|(a, b)| a.cmp(b));
            let numbers = |condition: &Condition| -> Vec<Number> {
                condition.values.iter().filter_map(|value| Number::parse(value)).collect()
            };
            let numeric = numbers(low).into_iter().min().zip(numbers(high).into_iter().max()).map(|(a, b)| a.cmp(&b));
            let order = times.or(numeric.filter(|_| low.times().is_empty()));
            if order.is_some_and(|order| order.is_gt() || (strict && order.is_eq())) {
                return Some(high);
            }
        }
    }
    None
}

/// Every block that one condition admits lies in a block that another refuses.
fn networks<'c>(conditions: &[&'c Condition]) -> Option<&'c Condition> {
    let positive = conditions.iter().find(|condition| condition.operator.name() == "IpAddress")?;
    let refused = conditions.iter().find(|condition| condition.operator.name() == "NotIpAddress")?;
    let lies_within =
        positive.networks().iter().all(|block| refused.networks().iter().any(|other| other.covers(block)));
    lies_within.then_some(*refused)
}

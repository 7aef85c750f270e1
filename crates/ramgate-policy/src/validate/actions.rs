//! Findings about `Action` and `NotAction`: names that nothing answers to, entries that repeat each other.

use super::nearest::nearest;
use super::overlap::covers;
use super::{Checked, Element, Findings, MAX_COMPARED, Severity, name_some};
use crate::document::Effect;
use crate::pattern::{ActionPattern, has_wildcard};

pub(super) fn check(checked: &Checked<'_>, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    let element = if statement.actions.negated { "NotAction" } else { "Action" };
    for (i, (pattern, matched)) in statement.actions.patterns.iter().zip(&checked.matched).enumerate() {
        let at = Element::Entry(element, i);
        placeholders(&pattern.to_string(), checked, at, findings);
        let ActionPattern::Named { service, name } = pattern else { continue };
        if !matched.is_empty() {
            continue;
        }
        if has_wildcard(service) {
            // `*:Describe*` may mean services that the catalog does not know.
            continue;
        }
        let Some(known) = checked.catalog.service(service) else {
            let codes = checked.catalog.services().iter().flat_map(|service| service.codes.iter().map(String::as_str));
            let mut message = format!("no service with the RAM code `{service}` is known");
            if let Some(near) = nearest(service, codes) {
                message.push_str(&format!("; did you mean `{near}`"));
            }
            findings.add(Severity::Warning, statement, at, "Unknown service", message);
            continue;
        };
        let of_service = checked
            .catalog
            .actions()
            .iter()
            .filter(|action| known.codes.iter().any(|c| c.eq_ignore_ascii_case(action.service())));
        let names: Vec<(&str, &str)> = of_service.filter_map(|action| action.name.split_once(':')).collect();
        if names.is_empty() {
            // The service is known by name only.
            continue;
        }
        let mut message = if has_wildcard(name) {
            format!("`{service}:{name}` matches no known action of {}", known.title)
        } else {
            format!("{} has no action `{name}`", known.title)
        };
        if let Some(near) = nearest(name.trim_matches(['*', '?']), names.iter().map(|(_, name)| *name)) {
            let code = names.iter().find(|(_, name)| *name == near).map_or(service.as_str(), |(code, _)| *code);
            message.push_str(&format!("; did you mean `{code}:{near}`"));
        }
        findings.add(Severity::Warning, statement, at, "Unknown action", message);
    }
    exempt(checked, element, findings);
    repeated(checked, element, findings);
}

/// Entries that other entries cover.
fn repeated(checked: &Checked<'_>, element: &str, findings: &mut Findings<'_>) {
    let patterns = checked.statement.actions.patterns.iter().take(MAX_COMPARED);
    let patterns: Vec<String> = patterns.map(ToString::to_string).collect();
    for (i, pattern) in patterns.iter().enumerate() {
        let other = patterns.iter().enumerate().find(|(j, other)| {
            let same = other.eq_ignore_ascii_case(pattern);
            // Of two equal entries the second is the repetition.
            (same && *j < i) || (!same && covers_action(other, pattern))
        });
        if let Some((_, other)) = other {
            let message = format!("`{pattern}` is covered by `{other}`");
            findings.add(
                Severity::Suggestion,
                checked.statement,
                Element::Entry(element, i),
                "Redundant action",
                message,
            );
        }
    }
}

/// Whether everything `narrow` matches, `wide` matches as well.
pub(super) fn covers_action(wide: &str, narrow: &str) -> bool {
    match (wide.split_once(':'), narrow.split_once(':')) {
        _ if wide == "*" => true,
        (Some((wide_service, wide_name)), Some((service, name))) => {
            covers(wide_service, service, true) && covers(wide_name, name, true)
        }
        _ => false,
    }
}

/// A Deny on what is never denied.
fn exempt(checked: &Checked<'_>, element: &str, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    if statement.effect != Effect::Deny || statement.actions.negated {
        return;
    }
    for (i, pattern) in statement.actions.patterns.iter().enumerate() {
        if pattern.to_string().eq_ignore_ascii_case("sts:GetCallerIdentity") {
            let message = "`sts:GetCallerIdentity` needs no permission and cannot be denied";
            findings.add(Severity::Warning, statement, Element::Entry(element, i), "Ineffective action", message);
        }
    }
}

/// Text that looks as if something were to be filled in.
pub(super) fn placeholders(text: &str, checked: &Checked<'_>, at: Element<'_>, findings: &mut Findings<'_>) {
    if text.contains("${") {
        let message = format!("policy variables are not expanded; `{text}` is taken literally");
        findings.add(Severity::Suggestion, checked.statement, at, "Policy variable", message);
    } else if text.contains("{{") || (text.contains('<') && text.contains('>')) {
        let message = format!("`{text}` looks like a template whose placeholders were not filled in");
        findings.add(Severity::Warning, checked.statement, at, "Unfilled placeholder", message);
    }
}

/// Says of which actions something holds.
pub(super) fn of_actions(checked: &Checked<'_>, names: &[&crate::ActionSpec]) -> String {
    if names.len() == checked.actions().len() { "the actions".to_owned() } else { name_some(names) }
}

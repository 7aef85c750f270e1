//! Findings about `Resource` and `NotResource`: types that the actions do not support, ids that look masked.

use std::collections::HashMap;

use super::actions::placeholders;
use super::overlap::{covers, reaches};
use super::{Checked, Element, Findings, MAX_COMPARED, Severity, name_some};
use crate::catalog::ActionSpec;
use crate::pattern::{ActionPattern, ResourcePattern, has_wildcard, is_global};

pub(super) fn check(checked: &Checked<'_>, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    let element = if statement.resources.negated { "NotResource" } else { "Resource" };
    for (i, pattern) in statement.resources.patterns.iter().enumerate() {
        let at = Element::Entry(element, i);
        let text = pattern.to_string();
        placeholders(&text, checked, at, findings);
        let ResourcePattern::Arn { service, region, relative, .. } = pattern else { continue };
        if relative.contains("***") {
            let message = format!(
                "`{text}` looks like an id that was masked in a document; the stars match any ending, so that it reads as a prefix"
            );
            findings.add(Severity::Warning, statement, at, "Masked id", message);
        }
        if is_global(service) && !region.is_empty() && !has_wildcard(region) {
            let message = format!(
                "names of `{service}` carry no region, so that `{text}` matches nothing; write `acs:{service}::…`"
            );
            findings.add(Severity::Warning, statement, at, "Region of a global service", message);
        }
        if !has_wildcard(service)
            && checked.catalog.service(service).is_none()
            && !unknown_service_named(checked, service)
        {
            let message = format!("no service with the RAM code `{service}` is known");
            findings.add(Severity::Warning, statement, at, "Unknown service", message);
        }
    }
    repeated(checked, element, findings);
    if !statement.resources.negated && !statement.actions.negated {
        effect(checked, findings);
    }
}

/// Whether an action entry names the same unknown service, which is reported there.
fn unknown_service_named(checked: &Checked<'_>, code: &str) -> bool {
    checked
        .statement
        .actions
        .patterns
        .iter()
        .any(|pattern| matches!(pattern, ActionPattern::Named { service, .. } if service.eq_ignore_ascii_case(code)))
}

/// Entries that other entries cover.
fn repeated(checked: &Checked<'_>, element: &str, findings: &mut Findings<'_>) {
    let patterns = &checked.statement.resources.patterns;
    let patterns = patterns.get(..MAX_COMPARED).unwrap_or(patterns);
    for (i, pattern) in patterns.iter().enumerate() {
        let other = patterns
            .iter()
            .enumerate()
            .find(|(j, other)| (*other == pattern && *j < i) || (*other != pattern && covers_resource(other, pattern)));
        if let Some((_, other)) = other {
            let message = format!("`{pattern}` is covered by `{other}`");
            let at = Element::Entry(element, i);
            findings.add(Severity::Suggestion, checked.statement, at, "Redundant resource", message);
        }
    }
}

/// Whether everything `narrow` matches, `wide` matches as well.
pub(super) fn covers_resource(wide: &ResourcePattern, narrow: &ResourcePattern) -> bool {
    match (wide, narrow) {
        (ResourcePattern::Everything, _) => true,
        (
            ResourcePattern::Arn { service: ws, region: wr, account: wa, relative: wi },
            ResourcePattern::Arn { service, region, account, relative },
        ) => {
            covers(ws, service, true)
                && covers(wr, region, true)
                && covers(wa, account, true)
                && covers(wi, relative, false)
        }
        _ => false,
    }
}

/// How an action relates to the resources of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// A resource that the action is checked on can be matched.
    Effective,
    /// Only on a resource that the cloud does not check it on.
    HereOnly,
    /// Never.
    Never,
}

fn reach(action: &ActionSpec, patterns: &[ResourcePattern]) -> Reach {
    let any = |template: &str| patterns.iter().any(|pattern| reaches(pattern, template));
    let everywhere = format!("acs:{}:{{region}}:{{account}}:*", action.service());
    if !action.is_resource_level() && any(&everywhere) {
        return Reach::Effective;
    }
    if action.resources.iter().any(|resource| !resource.extension && any(&resource.template)) {
        return Reach::Effective;
    }
    let here = action.resources.iter().any(|resource| resource.extension && any(&resource.template));
    if here { Reach::HereOnly } else { Reach::Never }
}

/// What the resource part makes of the actions.
fn effect(checked: &Checked<'_>, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    let patterns = &statement.resources.patterns;
    if patterns.contains(&ResourcePattern::Everything) {
        return;
    }
    let mut any_effective = false;
    // Entries may match the same actions over and over.
    let mut known: HashMap<&str, Reach> = HashMap::new();
    for (i, matched) in checked.matched.iter().enumerate() {
        for action in matched {
            known.entry(action.name.as_str()).or_insert_with(|| reach(action, patterns));
        }
        let by = |wanted: Reach| -> Vec<&ActionSpec> {
            let is = |action: &&ActionSpec| known.get(action.name.as_str()) == Some(&wanted);
            matched.iter().copied().filter(is).collect()
        };
        let (effective, here, never) = (by(Reach::Effective), by(Reach::HereOnly), by(Reach::Never));
        any_effective |= !effective.is_empty() || !here.is_empty();
        let at = Element::Entry("Action", i);
        if !here.is_empty() {
            let message = format!(
                "{}: the cloud checks this on all resources, so that a statement on single resources takes effect only here",
                name_some(&here)
            );
            findings.add(Severity::Suggestion, statement, at, "Narrower than in the cloud", message);
        }
        let Some(first) = never.first() else { continue };
        if effective.is_empty() && here.is_empty() {
            let message = match expected(first) {
                Some(templates) if never.len() == 1 => format!(
                    "`{}` does not support the resources of this statement; it is checked on {templates}, so that the policy will be ineffective",
                    first.name
                ),
                Some(_) => format!(
                    "none of {} supports the resources of this statement, so that the policy will be ineffective",
                    name_some(&never)
                ),
                None => format!(
                    "{} know{} only all resources, so that a statement on single resources will be ineffective; use `*` or `acs:{}:*:*:*`",
                    name_some(&never),
                    if never.len() == 1 { "s" } else { "" },
                    first.service()
                ),
            };
            findings.add(Severity::Warning, statement, at, "Ineffective resource", message);
        } else {
            let message = format!(
                "of the {} actions that this matches, {} cannot be restricted to these resources and {} not covered: {}",
                matched.len(),
                never.len(),
                if never.len() == 1 { "is" } else { "are" },
                name_some(&never)
            );
            findings.add(Severity::Suggestion, statement, at, "Partly ineffective resource", message);
        }
    }
    if !any_effective || checked.reaches_beyond_catalog() {
        return;
    }
    let supported: Vec<&ActionSpec> = checked
        .actions()
        .into_iter()
        .filter(|a| known.get(a.name.as_str()).is_some_and(|r| *r != Reach::Never))
        .collect();
    for (i, pattern) in patterns.iter().enumerate() {
        if supported.iter().all(|action| reach(action, std::slice::from_ref(pattern)) == Reach::Never) {
            let message = format!("no action of this statement is ever checked on `{pattern}`");
            findings.add(Severity::Warning, statement, Element::Entry("Resource", i), "Ineffective resource", message);
        }
    }
}

/// The templates that an action is checked on, in words.
fn expected(action: &ActionSpec) -> Option<String> {
    let templates: Vec<String> =
        action.resources.iter().filter(|r| !r.extension).map(|r| format!("`{}`", r.template)).collect();
    (!templates.is_empty()).then(|| templates.join(" or "))
}

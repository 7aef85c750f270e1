//! Findings about `Condition`: keys that the actions never have, operators that do not fit, values that do not do what
//! they seem to.

use super::actions::{of_actions, placeholders};
use super::nearest::nearest;
use super::{Checked, Element, Findings, Severity};
use crate::catalog::ActionSpec;
use crate::condition::Condition;
use crate::document::Effect;
use crate::key::{Key, normalise};
use crate::pattern::{ActionPattern, has_wildcard};
use crate::problem::title;

pub(super) fn check(checked: &Checked<'_>, findings: &mut Findings<'_>) {
    for condition in &checked.statement.conditions {
        key(checked, condition, findings);
        values(checked, condition, findings);
        absence(checked, condition, findings);
    }
}

fn at(condition: &Condition) -> Element<'_> {
    Element::Key(condition.operator.name(), &condition.key_name)
}

fn key(checked: &Checked<'_>, condition: &Condition, findings: &mut Findings<'_>) {
    let (statement, name) = (checked.statement, condition.key_name.as_str());
    if name.trim() != name {
        let message = format!("`{name}` has a space at its end, which makes it a key that no request has");
        findings.add(Severity::Warning, statement, at(condition), "Unknown condition key", message);
        return;
    }
    let Some(spec) = checked.catalog.key(name) else {
        unknown(checked, condition, findings);
        return;
    };
    if spec.key_type != condition.operator.key_type() {
        let message = format!(
            "the operator `{}` does not fit the condition key `{name}`, which is of type {:?}; mismatched operators invalidate the statement",
            condition.operator.name(),
            spec.key_type
        );
        findings.add(Severity::Error, statement, at(condition), title::DATA_TYPE_MISMATCH, message);
        return;
    }
    if crate::key::common_key_type(name).is_some() || is_language_key(name) {
        return;
    }
    let actions = checked.actions();
    let has = |action: &&&ActionSpec| action.condition_keys.iter().any(|key| key_names(key, name));
    let having: Vec<&ActionSpec> = actions.iter().filter(has).copied().collect();
    if actions.is_empty() || having.len() == actions.len() {
        return;
    }
    let never = match (condition.operator.is_negated(), statement.effect) {
        (false, _) => "so that the condition never holds for the others",
        (true, _) => "so that the condition always holds for the others",
    };
    if !having.is_empty() {
        let message = format!("only {} ever have the key `{name}`, {never}", of_actions(checked, &having));
        findings.add(Severity::Suggestion, statement, at(condition), "Condition key of some actions", message);
    } else if !checked.reaches_beyond_catalog() {
        let message = format!("no action of this statement ever has the key `{name}`");
        findings.add(Severity::Warning, statement, at(condition), "Unsupported condition key", message);
    }
}

/// Keys that belong to the language, and to no table of actions.
fn is_language_key(name: &str) -> bool {
    let code = name.split_once(':').map_or("", |(code, _)| code);
    ["ram", "sts", "saml", "oidc"].iter().any(|known| code.eq_ignore_ascii_case(known))
}

/// Whether a key of the catalog, which may end in `/`, is the one written.
fn key_names(known: &str, written: &str) -> bool {
    let (known, written) = (normalise(known), normalise(written));
    known == written || (known.ends_with('/') && written.starts_with(&known))
}

fn unknown(checked: &Checked<'_>, condition: &Condition, findings: &mut Findings<'_>) {
    let name = condition.key_name.as_str();
    let code = name.split_once(':').map_or("", |(code, _)| code);
    let foreign = !code.eq_ignore_ascii_case("acs") && checked.catalog.service(code).is_none();
    let named = |pattern: &ActionPattern| match pattern {
        ActionPattern::Named { service, .. } => service.eq_ignore_ascii_case(code) || has_wildcard(service),
        ActionPattern::Everything => true,
        ActionPattern::Invalid(_) => false,
    };
    if foreign && checked.statement.actions.patterns.iter().any(named) {
        // A key of a service that the catalog does not know, on actions of that service.
        return;
    }
    let mut message = format!("no condition key `{name}` is known; to a request without it ");
    message.push_str(if condition.operator.is_negated() { "this always holds" } else { "this never holds" });
    if let Some(near) = nearest(name, checked.catalog.keys().map(|spec| spec.name.as_str())) {
        message.push_str(&format!("; did you mean `{near}`"));
    }
    findings.add(Severity::Warning, checked.statement, at(condition), "Unknown condition key", message);
}

fn values(checked: &Checked<'_>, condition: &Condition, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    let (operator, key) = (condition.operator.name(), condition.key_name.as_str());
    for (i, value) in condition.values.iter().enumerate() {
        let at = Element::Value(operator, key, i);
        placeholders(value, checked, at, findings);
        let literal = operator.starts_with("StringEquals") || operator.starts_with("StringNotEquals");
        if literal && has_wildcard(value) {
            let like = if condition.operator.is_negated() { "StringNotLike" } else { "StringLike" };
            let message = format!("`{operator}` takes `{value}` literally; wildcards need `{like}`");
            findings.add(Severity::Warning, statement, at, "Wildcard taken literally", message);
        }
    }
    for (i, network) in condition.networks().iter().enumerate() {
        let at = Element::Value(operator, key, i);
        let written = condition.values.get(i).map_or("", String::as_str);
        if network.host_bits_set() {
            let message = format!("`{written}` names address bits behind its prefix, which are ignored");
            findings.add(Severity::Suggestion, statement, at, "Host bits in a block", message);
        }
        if network.is_everything() {
            let message = format!("`{written}` holds every address, so that the condition restricts nothing");
            findings.add(Severity::SecurityWarning, statement, at, "Unrestricted address block", message);
        }
    }
}

/// What happens to requests that do not have the key.
fn absence(checked: &Checked<'_>, condition: &Condition, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    let says = |wanted: &str| condition.values.iter().any(|value| value.eq_ignore_ascii_case(wanted));
    if condition.key == Key::MfaPresent && statement.effect == Effect::Deny && says("false") {
        let mut message =
            "calls with an access key have no key `acs:MFAPresent`, so that this Deny reaches console sessions only"
                .to_owned();
        let covered =
            ["ram:BindMFADevice", "ram:CreateVirtualMFADevice"].iter().any(|name| statement.matches_action(name));
        if covered {
            message.push_str("; it also keeps a user without a second factor from binding one");
        }
        findings.add(Severity::SecurityWarning, statement, at(condition), "Second factor not enforced", message);
    } else if condition.operator.is_negated() && statement.effect == Effect::Allow {
        let message = format!(
            "`{}` also holds for requests that have no key `{}`, which this Allow then grants",
            condition.operator.name(),
            condition.key_name
        );
        // Keys that every request has cannot be absent.
        if !matches!(condition.key, Key::CurrentTime | Key::SecureTransport | Key::SourceIp | Key::PrincipalArn) {
            findings.add(Severity::Suggestion, statement, at(condition), "Negated operator in an Allow", message);
        }
    }
}

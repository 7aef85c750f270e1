//! Findings on single statements of policies that somebody has.

use super::holdings::{Holdings, Policy};
use super::{Code, Finding};
use crate::estate::{EstateIndex, Sid};
use crate::globs;
use crate::who_can::conditions_can_hold;
use ramgate_policy::{
    ActionPattern, Catalog, Condition, Effect, Key, Patterns, PolicyKind, ResourcePattern, Severity, Statement,
};
use std::collections::HashSet;

/// Entries of a list that are compared with each other at most.
const MAX_COMPARED: usize = 300;
const EXEMPT: &str = "sts:GetCallerIdentity";

pub(super) fn check(holdings: &Holdings, index: &EstateIndex, findings: &mut Vec<Finding>) {
    for (document, policy) in &holdings.policies {
        for (sid, statement) in index.statements_of(*document) {
            let mut add = |severity, code, part: &str, message: String, suggestion: &str| {
                findings.push(Finding {
                    severity,
                    code,
                    principal: None,
                    place: Some(policy.place(statement, part)),
                    message,
                    suggestion: suggestion.to_owned(),
                    steps: Vec::new(),
                });
            };
            breadth(policy, statement, &index.catalog, &mut add);
            redundant(statement, &mut add);
            conditions(index, sid, statement, &mut add);
        }
    }
}

type Add<'a> = dyn FnMut(Severity, Code, &str, String, &str) + 'a;

fn breadth(policy: &Policy, statement: &Statement, catalog: &Catalog, add: &mut Add<'_>) {
    // What the platform maintains cannot be changed, and its name says what it is.
    if statement.effect != Effect::Allow || policy.kind == PolicyKind::System {
        return;
    }
    let severity = Severity::SecurityWarning;
    if globs::is_everything(statement) {
        let when = if statement.conditions.is_empty() { "" } else { " under its conditions" };
        let message = format!("the statement allows every action on every resource{when}");
        add(severity, Code::AllowsEverything, "", message, "name the services and resources that are needed");
    }
    if statement.actions.negated {
        let covered = catalog.actions().iter().filter(|action| statement.matches_action(&action.name));
        let (mut count, mut escalating) = (0, Vec::new());
        for action in covered {
            count += 1;
            if super::escalation::ACTIONS.iter().any(|known| known.eq_ignore_ascii_case(&action.name)) {
                escalating.push(action.name.clone());
            }
        }
        let total = catalog.actions().len();
        let message = format!(
            "an Allow with NotAction grants {count} of {total} known actions and all that come later{}",
            match escalating.as_slice() {
                [] => String::new(),
                [first, ..] => format!(", among them `{first}`, with which permissions are given"),
            }
        );
        add(severity, Code::AllowsNotAction, ".NotAction", message, "list the actions that are needed under Action");
    }
    if statement.resources.negated {
        let message =
            "an Allow with NotResource grants every resource but the list, also those that come later".to_owned();
        add(
            severity,
            Code::AllowsNotResource,
            ".NotResource",
            message,
            "list the resources that are needed under Resource",
        );
    }
}

fn redundant(statement: &Statement, add: &mut Add<'_>) {
    let mut list = |element: &str, pairs: Vec<(usize, usize, String, String)>| {
        for (narrow, _, narrow_text, wide_text) in pairs {
            let message = if narrow_text == wide_text {
                format!("`{narrow_text}` is listed twice")
            } else {
                format!("`{narrow_text}` is covered by `{wide_text}` of the same list")
            };
            add(
                Severity::Suggestion,
                Code::RedundantPattern,
                &format!(".{element}[{narrow}]"),
                message,
                "leave it out",
            );
        }
    };
    let name = |negated, plain: &str| if negated { format!("Not{plain}") } else { plain.to_owned() };
    let actions =
        covered(&statement.actions, globs::action_covers, |pattern| matches!(pattern, ActionPattern::Invalid(_)));
    list(&name(statement.actions.negated, "Action"), actions);
    let resources =
        covered(&statement.resources, globs::resource_covers, |pattern| matches!(pattern, ResourcePattern::Invalid(_)));
    list(&name(statement.resources.negated, "Resource"), resources);
}

/// Entries that another one covers. Of entries that cover each other, the first stays.
fn covered<P: ToString>(
    element: &Patterns<P>,
    covers: fn(&P, &P) -> bool,
    invalid: fn(&P) -> bool,
) -> Vec<(usize, usize, String, String)> {
    let patterns = element.patterns.get(..element.patterns.len().min(MAX_COMPARED)).unwrap_or_default();
    let mut found = Vec::new();
    for (narrow, pattern) in patterns.iter().enumerate().filter(|(_, pattern)| !invalid(pattern)) {
        let by = patterns.iter().enumerate().find(|(wide, other)| {
            *wide != narrow && covers(other, pattern) && (*wide < narrow || !covers(pattern, other))
        });
        if let Some((wide, other)) = by {
            found.push((narrow, wide, pattern.to_string(), other.to_string()));
        }
    }
    found
}

fn conditions(index: &EstateIndex, sid: Sid, statement: &Statement, add: &mut Add<'_>) {
    let conditions: Vec<&Condition> = index.conditions(sid).collect();
    // A condition alone always holds for some request.
    let mut keys = HashSet::new();
    let alone = conditions.iter().all(|condition| keys.insert(&condition.key));
    if !alone && !conditions_can_hold(&index.catalog, &conditions) {
        let (severity, message) = match statement.effect {
            Effect::Allow => (Severity::Warning, "the conditions exclude each other, so the statement allows nothing"),
            Effect::Deny => {
                (Severity::SecurityWarning, "the conditions exclude each other, so the statement refuses nothing")
            }
        };
        add(
            severity,
            Code::ConditionsNeverHold,
            ".Condition",
            message.to_owned(),
            "correct the conditions or remove the statement",
        );
        return;
    }
    if statement.effect != Effect::Deny {
        return;
    }
    if let Some(at) = statement
        .actions
        .patterns
        .iter()
        .position(|pattern| !statement.actions.negated && pattern.to_string().eq_ignore_ascii_case(EXEMPT))
    {
        let message = format!("`{EXEMPT}` needs no permission and cannot be denied");
        add(Severity::Warning, Code::DenyOfExemptAction, &format!(".Action[{at}]"), message, "leave it out");
    }
    let without_factor = |condition: &&&Condition| {
        condition.key == Key::MfaPresent
            && condition.operator.name() == "Bool"
            && condition.values.iter().any(|value| value.eq_ignore_ascii_case("false"))
            && !condition.values.iter().any(|value| value.eq_ignore_ascii_case("true"))
    };
    if conditions.iter().find(without_factor).is_none() {
        return;
    }
    let message = "calls with access keys carry no `acs:MFAPresent`, so this Deny does not stop them".to_owned();
    let suggestion = "allow only with `Bool` `acs:MFAPresent` `true` instead of denying with `false`";
    add(Severity::SecurityWarning, Code::MfaDenyMissesAccessKeys, ".Condition", message, suggestion);
    let own_factor = ["ram:BindMFADevice", "ram:CreateVirtualMFADevice"];
    let blocked: Vec<&str> = own_factor.into_iter().filter(|action| statement.matches_action(action)).collect();
    let everyone =
        statement.matches_resource("acs:ram::1:user/someone") || statement.matches_resource("acs:ram::1:mfa/*");
    if !blocked.is_empty() && everyone {
        let message = format!(
            "users without a second factor cannot get one, since `{}` {} denied as well",
            blocked.join("` and `"),
            if blocked.len() == 1 { "is" } else { "are" }
        );
        let suggestion = "deny with NotAction and list the actions with which users bind their own device";
        add(Severity::Warning, Code::MfaLockout, "", message, suggestion);
    }
}

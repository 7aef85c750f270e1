//! Findings about statements that grant more than is prudent.

use super::{Checked, Element, Findings, Severity};
use crate::document::{Effect, Principal};
use crate::pattern::{ActionPattern, ResourcePattern};

/// Actions with which a principal can give itself further permissions, and how.
///
/// The list is ours; each entry changes what a principal may do without being asked for that permission.
const ESCALATIONS: [(&str, &str); 12] = [
    ("ram:CreatePolicyVersion", "change any custom policy"),
    ("ram:SetDefaultPolicyVersion", "bring any version of a policy into force"),
    ("ram:AttachPolicyToUser", "attach any policy to itself"),
    ("ram:AttachPolicyToGroup", "attach any policy to its groups"),
    ("ram:AttachPolicyToRole", "attach any policy to roles it can assume"),
    ("ram:AddUserToGroup", "join any group"),
    ("ram:UpdateRole", "let itself assume any role"),
    ("ram:CreateAccessKey", "create access keys of any user"),
    ("ram:CreateLoginProfile", "set the password of any user"),
    ("ram:UpdateLoginProfile", "change the password of any user"),
    ("sts:AssumeRole", "assume every role that trusts it"),
    ("ram:PassRole", "hand any role to a service"),
];

pub(super) fn check(checked: &Checked<'_>, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    if statement.effect != Effect::Allow || !statement.is_applicable() {
        return;
    }
    let security = Severity::SecurityWarning;
    let title = "Broad grant";
    if statement.resources.negated {
        let message = "an Allow with NotResource grants every resource but the list, also those that come later";
        findings.add(security, statement, Element::Member("NotResource"), title, message);
    }
    if statement.actions.negated {
        let message =
            "an Allow with NotAction grants every action but the list, also those of services that come later";
        findings.add(security, statement, Element::Member("NotAction"), title, message);
        return;
    }
    let everywhere = |pattern: &ResourcePattern| match pattern {
        ResourcePattern::Everything => true,
        ResourcePattern::Arn { relative, .. } => relative == "*",
        ResourcePattern::Invalid(_) => false,
    };
    let unbounded = statement.conditions.is_empty() && statement.resources.patterns.iter().any(everywhere);
    if !unbounded {
        return;
    }
    for (i, pattern) in statement.actions.patterns.iter().enumerate() {
        let at = Element::Entry("Action", i);
        match pattern {
            ActionPattern::Everything => {
                findings.add(security, statement, at, title, "this grants every action on every resource");
            }
            ActionPattern::Named { service, name } if name.chars().all(|c| c == '*') => {
                let everything = service.chars().all(|c| c == '*');
                let identity = ["ram", "ims", "sts"].iter().any(|code| service.eq_ignore_ascii_case(code));
                if everything {
                    findings.add(security, statement, at, title, "this grants every action on every resource");
                } else if identity {
                    let message = format!("`{service}:*` lets its holder give itself every permission");
                    findings.add(security, statement, at, "Privilege escalation", message);
                } else {
                    let message = format!("this grants every action of `{service}` on every resource");
                    findings.add(Severity::Suggestion, statement, at, title, message);
                }
            }
            ActionPattern::Named { .. } => {
                let can = ESCALATIONS.iter().filter(|(name, _)| pattern.matches(name));
                let can: Vec<&str> = can.map(|(_, what)| *what).collect();
                if !can.is_empty() {
                    let message = format!("on every resource, `{pattern}` lets its holder {}", list(&can));
                    findings.add(security, statement, at, "Privilege escalation", message);
                }
            }
            ActionPattern::Invalid(_) => {}
        }
    }
}

/// `a, b and c`
fn list(parts: &[&str]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// Trust policies: who may become the role.
pub(super) fn check_trust(checked: &Checked<'_>, findings: &mut Findings<'_>) {
    let statement = checked.statement;
    if statement.effect != Effect::Allow {
        return;
    }
    let at = Element::Member("Principal");
    let has = |name: &str| {
        statement.conditions.iter().any(|c| c.key_name.eq_ignore_ascii_case(name) && !c.operator.is_negated())
    };
    for principal in &statement.principals {
        match principal {
            Principal::Account(account) => {
                let message = format!(
                    "every user and every role of the account `{account}` may assume the role, if its own policies allow it"
                );
                findings.add(Severity::Suggestion, statement, at, "Broad trust", message);
            }
            Principal::Federated(provider) if provider.contains("oidc-provider/") && !has("oidc:sub") => {
                let message = format!(
                    "without a condition on `oidc:sub`, everyone whom `{provider}` vouches for may assume the role"
                );
                findings.add(Severity::SecurityWarning, statement, at, "Broad trust", message);
            }
            Principal::Federated(provider) if provider.contains("saml-provider/") && !has("saml:recipient") => {
                let message = format!(
                    "without a condition on `saml:recipient`, assertions of `{provider}` for other recipients are accepted"
                );
                findings.add(Severity::SecurityWarning, statement, at, "Broad trust", message);
            }
            _ => {}
        }
    }
    for (i, pattern) in statement.actions.patterns.iter().enumerate() {
        let sensible = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithOIDC"];
        if !sensible.iter().any(|name| pattern.matches(name)) {
            let message = format!("a trust policy is asked about `sts:AssumeRole` only; `{pattern}` has no effect");
            findings.add(Severity::Warning, statement, Element::Entry("Action", i), "Ineffective action", message);
        }
    }
}

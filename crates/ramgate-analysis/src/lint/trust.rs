//! Roles that more can assume than was perhaps meant.

use super::{Code, Finding, Place};
use crate::estate::{Estate, EstatePrincipal};
use crate::globs;
use ramgate_policy::{Effect, Principal, Severity, Statement};

pub(super) fn check(estate: &Estate, findings: &mut Vec<Finding>) {
    for role in &estate.principals {
        let Some(trust) = &role.trust else { continue };
        for statement in trust.statements().iter().filter(|s| s.effect == Effect::Allow && s.is_applicable()) {
            for principal in &statement.principals {
                if let Some((severity, code, message, suggestion)) = judge(estate, role, statement, principal) {
                    findings.push(Finding {
                        severity,
                        code,
                        principal: Some(role.id.clone()),
                        place: Some(Place {
                            policy_name: role.id.name().to_owned(),
                            policy_type: None,
                            place: format!("Statement[{}].Principal", statement.index),
                            line: statement.position.line,
                            column: statement.position.column,
                            holders: 1,
                        }),
                        message,
                        suggestion: suggestion.to_owned(),
                        steps: Vec::new(),
                    });
                }
            }
        }
    }
}

fn judge(
    estate: &Estate,
    role: &EstatePrincipal,
    statement: &Statement,
    principal: &Principal,
) -> Option<(Severity, Code, String, &'static str)> {
    let has = |name: &str| {
        let mut conditions = statement.conditions.iter();
        conditions.any(|one| one.key_name.eq_ignore_ascii_case(name) && !one.operator.is_negated())
    };
    let administrator =
        role.policies.account.iter().flat_map(|attached| attached.document.statements()).any(globs::is_everything);
    let of = if administrator { ", which allows everything," } else { "" };
    match principal {
        Principal::Account(account) if *account == estate.account_id => {
            let severity = if administrator { Severity::SecurityWarning } else { Severity::Suggestion };
            let message = format!(
                "every user and role of the account may assume the role{of} if its own policies allow `sts:AssumeRole`"
            );
            Some((severity, Code::TrustsWholeAccount, message, "name the users and roles that need it"))
        }
        Principal::Account(account) => {
            let guarded = has("sts:ExternalId");
            let message = format!(
                "every user and role of the other account `{account}` may assume the role{of}{}",
                if guarded { " with the external id" } else { "" }
            );
            let severity = if guarded { Severity::Warning } else { Severity::SecurityWarning };
            let suggestion = "name single users or roles of the other account, and ask for an `sts:ExternalId`";
            Some((severity, Code::TrustsForeignAccount, message, suggestion))
        }
        Principal::User { account, .. } | Principal::Role { account, .. } if *account != estate.account_id => {
            let message = format!("`{principal}` of another account may assume the role{of}");
            let suggestion = "make sure that the other account is known";
            Some((Severity::Suggestion, Code::TrustsForeignAccount, message, suggestion))
        }
        Principal::Federated(provider) => {
            let key = if provider.contains("oidc-provider/") { "oidc:sub" } else { "saml:recipient" };
            (!has(key)).then(|| {
                let message = format!("everyone whom `{provider}` vouches for may assume the role{of}");
                let suggestion = match key {
                    "oidc:sub" => "add conditions on `oidc:sub` and `oidc:aud`",
                    _ => "add a condition on `saml:recipient`",
                };
                (Severity::SecurityWarning, Code::TrustsFederationFreely, message, suggestion)
            })
        }
        Principal::User { .. } | Principal::Role { .. } | Principal::Service(_) => None,
    }
}

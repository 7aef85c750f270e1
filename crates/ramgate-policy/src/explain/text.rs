//! Explanations in words.

use super::{Found, Matched, Miss};
use crate::compiled::Compiled;
use crate::decision::{Decision, Layer, Outcome};
use crate::principal::{AttachedEntity, PrincipalKind};

/// The explanation in one line.
pub(super) fn summary(found: &Found, compiled: &Compiled, decision: Decision, action: &str, resource: &str) -> String {
    let root = matches!(compiled.layers.kind, PrincipalKind::Root { .. });
    match (decision.outcome, found.deciding.first()) {
        (Outcome::Allow, Some(first)) => {
            format!("`{action}` on `{resource}` is allowed by {}", others(first, found.deciding.len()))
        }
        (Outcome::Allow, None) if root => {
            format!("`{action}` on `{resource}` is allowed: the account may do everything in its own account")
        }
        (Outcome::Allow, None) => format!("`{action}` needs no permission"),
        (Outcome::ExplicitDeny, Some(first)) => {
            format!("`{action}` on `{resource}` is denied by {}", others(first, found.deciding.len()))
        }
        (Outcome::ImplicitDeny, _) if root && decision.layer == Layer::AssumeRolePolicy => {
            "roles may not be assumed by root accounts".to_owned()
        }
        (Outcome::ImplicitDeny, _) if root => {
            format!("`{action}` on `{resource}` is not allowed: the resource belongs to another account")
        }
        _ => {
            let by = match decision.layer {
                Layer::ControlPolicy => "no control policy at one of the levels allows it",
                Layer::SessionPolicy => "the session policy does not allow it",
                Layer::AssumeRolePolicy => "the trust policy of the role does not allow it to this caller",
                Layer::AccountLevelIdentityBasedPolicy | Layer::ResourceGroupLevelIdentityBasedPolicy => {
                    "no attached policy allows it"
                }
            };
            let near = found.near_misses.first().map_or(String::new(), |near| format!("; {}", near.text));
            format!("`{action}` on `{resource}` is not allowed: {by}{near}")
        }
    }
}

fn others(first: &Matched, count: usize) -> String {
    match count {
        0 | 1 => first.name(),
        2 => format!("{} and one more statement", first.name()),
        _ => format!("{} and {} more statements", first.name(), count - 1),
    }
}

impl Matched {
    /// The statement in words: place, policy, attachment.
    pub fn name(&self) -> String {
        if self.layer == Layer::AssumeRolePolicy {
            return format!("{} of the trust policy", self.place);
        }
        let attached = match &self.attached_entity {
            AttachedEntity::User => "attached to the user".to_owned(),
            AttachedEntity::Group(name) => format!("attached to the group `{name}`"),
            AttachedEntity::Role => "attached to the role".to_owned(),
            AttachedEntity::Session => "given with the session".to_owned(),
            AttachedEntity::ResourceDirectoryTarget(id) => format!("attached to the resource directory target `{id}`"),
        };
        format!("{} of the policy `{}` ({}, {attached})", self.place, self.policy_name, self.policy_type)
    }
}

impl Miss {
    /// What kept the statement from counting, in words.
    pub(super) fn text(&self, statement: &Matched) -> String {
        let (name, effect) = (statement.name(), statement.effect);
        match self {
            Miss::Condition { operator, key, wanted, got } => {
                let got = match got.as_slice() {
                    [] => "the request has no such key".to_owned(),
                    values => format!("the request has {}", quoted(values)),
                };
                format!("{name} does not {effect} it: `{operator}` wants {} in `{key}`, {got}", quoted(wanted))
            }
            Miss::Resource { negated, patterns } => {
                let but = if *negated { "but not on" } else { "but only on" };
                format!("{name} allows the action {but} {}", quoted(patterns))
            }
            Miss::Principal { named } => format!("{name} trusts {}", quoted(named)),
        }
    }
}

/// Values in backticks, cut after five.
fn quoted(values: &[String]) -> String {
    let shown: Vec<String> = values.iter().take(5).map(|value| format!("`{value}`")).collect();
    match values.len().saturating_sub(5) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

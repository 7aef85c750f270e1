//! Why a decision came out as it did: the statements that decided, those that nearly did, and those that could not.
//!
//! Explanations are drawn from the plain form of the policies in a pass of their own; they allocate freely and are made
//! for people and for error bodies, not on every call. Called through [`Compiled::explain`].

mod text;

use serde::Serialize;

use crate::compiled::Compiled;
use crate::context::Context;
use crate::decision::{Decision, Layer, Outcome};
use crate::document::{Document, Effect, Statement};
use crate::flow::ASSUME_ROLE;
use crate::plain::{InForce, Unit};
use crate::principal::{Attached, AttachedEntity, PolicyKind, PrincipalKind};
use crate::trust::Caller;

/// Near misses and inapplicable statements that are listed at most, each.
const MAX_LISTED: usize = 20;

/// Why a request was allowed or refused.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Explanation {
    /// The action asked for, as asked.
    pub action: String,
    /// The resource asked for, as asked.
    pub resource: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The policies that decided.
    pub layer: Layer,
    /// The explanation in one line.
    pub text: String,
    /// All statements that decided, in the order of policies and statements. Empty for an implicit deny.
    pub deciding: Vec<Matched>,
    /// Statements that would have counted but for one thing, the closest first.
    pub near_misses: Vec<NearMiss>,
    /// Statements for this action that are not understood, and why.
    pub not_applicable: Vec<NotApplicable>,
}

/// A statement, and how it came to count for the principal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Matched {
    /// Whether the statement grants or refuses.
    pub effect: Effect,
    /// The layer the policy belongs to.
    pub layer: Layer,
    /// Name of the policy.
    pub policy_name: String,
    /// Who maintains the policy.
    pub policy_type: PolicyKind,
    /// Version in force.
    pub policy_version: String,
    /// What the policy is attached to.
    pub attached_entity: AttachedEntity,
    /// The statement's place in the document, for example `Statement[2]`.
    pub place: String,
    /// Number of the statement in its document, from 0.
    pub statement: usize,
    /// Line on which the statement starts, from 1.
    pub line: usize,
    /// Column at which the statement starts, from 1.
    pub column: usize,
}

/// A statement that would have counted but for one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct NearMiss {
    /// The statement.
    pub statement: Matched,
    /// What kept it from counting.
    pub miss: Miss,
    /// The same in words.
    pub text: String,
}

/// What kept a statement from counting.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "Kind", rename_all_fields = "PascalCase")]
pub enum Miss {
    /// Action and resource matched, a condition did not hold.
    Condition {
        /// Operator of the condition.
        operator: String,
        /// Key of the condition.
        key: String,
        /// Values that the policy lists.
        wanted: Vec<String>,
        /// Values that the request has; empty when the key is absent.
        got: Vec<String>,
    },
    /// The action matched, the resource did not.
    Resource {
        /// Whether the patterns are those of `NotResource`.
        negated: bool,
        /// The statement's patterns.
        patterns: Vec<String>,
    },
    /// A trust policy's statement matched the action, but does not name the caller.
    Principal {
        /// Whom the statement names.
        named: Vec<String>,
    },
}

/// A statement that is not understood and covers the action asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct NotApplicable {
    /// The statement.
    pub statement: Matched,
    /// Why it is not understood.
    pub reasons: Vec<String>,
    /// What that means: an Allow does not apply, a Deny does.
    pub text: String,
}

impl Matched {
    /// The scope of the attachment, under the names of `AttachedScope` in diagnostic messages.
    ///
    /// Source: RAM API reference 2015-05-01, DecodeDiagnosticMessage.
    pub fn attached_scope(&self) -> &'static str {
        match self.layer {
            Layer::ControlPolicy => "Folder",
            Layer::ResourceGroupLevelIdentityBasedPolicy => "ResourceGroup",
            Layer::SessionPolicy | Layer::AssumeRolePolicy | Layer::AccountLevelIdentityBasedPolicy => "Account",
        }
    }
}

impl Compiled {
    /// Decides as [`Compiled::decide`] does and says why.
    pub fn explain(&self, action: &str, resource: &str, context: &Context) -> Explanation {
        self.explain_spellings(&[(action, resource)], context)
    }

    /// Decides as [`Compiled::decide_spellings`] does and says why.
    pub fn explain_spellings(&self, spellings: &[(&str, &str)], context: &Context) -> Explanation {
        let decision = self.decide_spellings(spellings, context);
        let mut collected = Collected { compiled: self, spellings, context, found: Found::default() };
        let layers = &self.layers;
        match (&layers.kind, decision.layer) {
            (PrincipalKind::Root { .. }, _) => {}
            (_, Layer::ControlPolicy) => layers.control.iter().for_each(|level| collected.unit(&level.plain, decision)),
            (_, Layer::SessionPolicy) => {
                layers.session.iter().for_each(|session| collected.unit(&session.plain, decision))
            }
            (_, Layer::ResourceGroupLevelIdentityBasedPolicy) => {
                layers.group(context).into_iter().for_each(|group| collected.unit(&group.plain, decision));
                let above = Decision { layer: Layer::AccountLevelIdentityBasedPolicy, ..decision };
                collected.unit(&layers.account.plain, above);
            }
            _ => collected.unit(&layers.account.plain, decision),
        }
        let (action, resource) = spellings.first().copied().unwrap_or(("", ""));
        finish(collected.found, self, decision, action, resource)
    }

    /// Decides as [`Compiled::decide_assume_role`] does and says why.
    pub fn explain_assume_role(
        &self,
        role: &str,
        trust: &Document,
        caller: &Caller<'_>,
        context: &Context,
    ) -> Explanation {
        let decision = self.decide_assume_role(role, trust, caller, context);
        let spellings = [(ASSUME_ROLE, role)];
        let mut collected = Collected { compiled: self, spellings: &spellings, context, found: Found::default() };
        let layers = &self.layers;
        match (&layers.kind, decision.layer) {
            (PrincipalKind::Root { .. }, _) => {}
            (_, Layer::ControlPolicy) => layers.control.iter().for_each(|level| collected.unit(&level.plain, decision)),
            (_, Layer::SessionPolicy) => {
                layers.session.iter().for_each(|session| collected.unit(&session.plain, decision))
            }
            (_, Layer::AssumeRolePolicy) => collected.trust(trust, caller, decision),
            _ => {
                collected.unit(&layers.account.plain, decision);
                if decision.is_allowed() {
                    collected.trust(trust, caller, decision);
                }
            }
        }
        finish(collected.found, self, decision, ASSUME_ROLE, role)
    }
}

#[derive(Default)]
struct Found {
    deciding: Vec<Matched>,
    near_misses: Vec<NearMiss>,
    not_applicable: Vec<NotApplicable>,
}

struct Collected<'a> {
    compiled: &'a Compiled,
    spellings: &'a [(&'a str, &'a str)],
    context: &'a Context,
    found: Found,
}

impl Collected<'_> {
    /// Sorts the statements of a unit into those that decided, nearly decided, and could not.
    fn unit(&mut self, unit: &Unit, decision: Decision) {
        for in_force in &unit.statements {
            let (Some(statement), Some(policy)) = (in_force.statement(), self.compiled.policy(in_force.at)) else {
                continue;
            };
            let by_action: Vec<_> =
                self.spellings.iter().filter(|(action, _)| statement.matches_action(action)).collect();
            if by_action.is_empty() {
                continue;
            }
            let site = matched(policy, statement, decision.layer);
            self.inapplicable(in_force, statement, &site);
            if !in_force.is_applicable(statement) {
                continue;
            }
            if !by_action.iter().any(|(_, resource)| statement.matches_resource(resource)) {
                // A Deny on other resources says nothing about this request.
                if statement.effect == Effect::Allow {
                    let patterns: Vec<String> = statement.resources.patterns.iter().map(ToString::to_string).collect();
                    self.miss(site, Miss::Resource { negated: statement.resources.negated, patterns });
                }
                continue;
            }
            match in_force.conditions(statement).find(|condition| !condition.holds(self.context)) {
                Some(condition) => {
                    let miss = condition_miss(condition, self.context);
                    self.miss(site, miss);
                }
                None => self.decided(site, decision),
            }
        }
    }

    /// The same for the statements of a trust policy.
    fn trust(&mut self, trust: &Document, caller: &Caller<'_>, decision: Decision) {
        for statement in trust.statements().iter().filter(|statement| statement.matches_action(ASSUME_ROLE)) {
            let site = trust_site(statement);
            if !statement.defects.is_empty() {
                self.not_understood(site.clone(), statement.defects.clone());
                if !statement.is_applicable() {
                    continue;
                }
            }
            if !statement.matches_principal(caller) {
                if statement.effect == Effect::Allow {
                    let named = statement.principals.iter().map(ToString::to_string).collect();
                    self.miss(site, Miss::Principal { named });
                }
            } else if let Some(condition) = statement.failed_condition(self.context) {
                let miss = condition_miss(condition, self.context);
                self.miss(site, miss);
            } else {
                self.decided(site, decision);
            }
        }
    }

    fn decided(&mut self, site: Matched, decision: Decision) {
        let wanted = match decision.outcome {
            Outcome::Allow => Effect::Allow,
            Outcome::ExplicitDeny => Effect::Deny,
            Outcome::ImplicitDeny => return,
        };
        if site.effect == wanted {
            self.found.deciding.push(site);
        }
    }

    fn miss(&mut self, statement: Matched, miss: Miss) {
        let text = miss.text(&statement);
        self.found.near_misses.push(NearMiss { statement, miss, text });
    }

    fn inapplicable(&mut self, in_force: &InForce, statement: &Statement, site: &Matched) {
        let mut reasons = statement.defects.clone();
        for condition in in_force.ill_typed.iter().filter_map(|position| statement.conditions.get(*position)) {
            let key_type = self.compiled.catalog.key_type(&condition.key_name);
            reasons.push(format!(
                "the operator `{}` does not fit the condition key `{}`{}",
                condition.operator.name(),
                condition.key_name,
                key_type.map_or(String::new(), |key_type| format!(", which is of type {key_type:?}")),
            ));
        }
        if !reasons.is_empty() {
            self.not_understood(site.clone(), reasons);
        }
    }

    fn not_understood(&mut self, statement: Matched, reasons: Vec<String>) {
        let text = match statement.effect {
            Effect::Allow => format!("{} is not understood, so its Allow does not apply", statement.name()),
            Effect::Deny => format!("{} is not understood, so its Deny applies", statement.name()),
        };
        self.found.not_applicable.push(NotApplicable { statement, reasons, text });
    }
}

fn condition_miss(condition: &crate::Condition, context: &Context) -> Miss {
    Miss::Condition {
        operator: condition.operator.name().to_owned(),
        key: condition.key_name.clone(),
        wanted: condition.values.clone(),
        got: context.texts(&condition.key_name),
    }
}

fn matched(policy: &Attached, statement: &Statement, layer: Layer) -> Matched {
    Matched {
        effect: statement.effect,
        layer,
        policy_name: policy.policy_name.to_string(),
        policy_type: policy.policy_type,
        policy_version: policy.version.to_string(),
        attached_entity: policy.entity.clone(),
        place: format!("Statement[{}]", statement.index),
        statement: statement.index,
        line: statement.position.line,
        column: statement.position.column,
    }
}

fn trust_site(statement: &Statement) -> Matched {
    Matched {
        effect: statement.effect,
        layer: Layer::AssumeRolePolicy,
        policy_name: "trust policy".to_owned(),
        policy_type: PolicyKind::Custom,
        policy_version: String::new(),
        attached_entity: AttachedEntity::Role,
        place: format!("Statement[{}]", statement.index),
        statement: statement.index,
        line: statement.position.line,
        column: statement.position.column,
    }
}

fn finish(mut found: Found, compiled: &Compiled, decision: Decision, action: &str, resource: &str) -> Explanation {
    // The closest first: a failed condition is nearer than another resource, and a refusal interests more than a grant.
    found.near_misses.sort_by_key(|near| match (&near.miss, near.statement.effect) {
        (Miss::Condition { .. }, Effect::Allow) => 0,
        (Miss::Condition { .. }, Effect::Deny) => 1,
        _ => 2,
    });
    if decision.outcome == Outcome::ExplicitDeny {
        // Nothing that nearly allowed matters beside a Deny.
        found.near_misses.clear();
    }
    if decision.is_allowed() {
        found.near_misses.retain(|near| near.statement.effect == Effect::Deny);
    }
    found.near_misses.truncate(MAX_LISTED);
    found.not_applicable.truncate(MAX_LISTED);
    let text = text::summary(&found, compiled, decision, action, resource);
    Explanation {
        action: action.to_owned(),
        resource: resource.to_owned(),
        outcome: decision.outcome,
        layer: decision.layer,
        text,
        deciding: found.deciding,
        near_misses: found.near_misses,
        not_applicable: found.not_applicable,
    }
}

//! The plain evaluator: a straight reading of the rules, one statement after the other.
//!
//! It is the definition against which the compiled index is tested, and it stays in the product: the index hands it
//! every question outside its model (actions that no catalog knows, names that are no ARNs), and explanations are
//! drawn from it. It allocates nothing when it decides.

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::condition::Condition;
use crate::context::Context;
use crate::decision::{Decision, Outcome, StatementRef};
use crate::document::{Document, Effect, Statement};
use crate::flow::{Layers, Verdict};
use crate::index::{First, NONE};
use crate::principal::{Attached, PrincipalPolicies};
use crate::trust::Caller;

/// The policies of one principal, decided statement by statement.
#[derive(Debug, Clone)]
pub struct Plain {
    pub(crate) layers: Layers<Unit>,
}

impl Plain {
    /// Takes in the policies. The catalog says which condition keys have which type.
    pub fn new(policies: &PrincipalPolicies, catalog: &Catalog) -> Plain {
        let mut numbered = 0;
        let mut unit = |attached: &[Attached]| {
            let unit = Unit::new(attached, numbered, catalog);
            numbered += attached.len() as u32;
            unit
        };
        let control = policies.control.iter().map(|level| unit(level)).collect();
        let session = policies.session.as_ref().map(|session| unit(std::slice::from_ref(session)));
        let account = unit(&policies.account);
        let mut resource_groups: Vec<(String, Unit)> = Vec::new();
        for (id, attached) in &policies.resource_groups {
            let more = unit(attached);
            match resource_groups.iter_mut().find(|(known, _)| known == id) {
                Some((_, unit)) => unit.statements.extend(more.statements),
                None => resource_groups.push((id.clone(), more)),
            }
        }
        Plain { layers: Layers { kind: policies.kind.clone(), control, session, account, resource_groups } }
    }

    /// Decides a request: an action, a resource name, and the condition values.
    pub fn decide(&self, action: &str, resource: &str, context: &Context) -> Decision {
        self.decide_spellings(&[(action, resource)], context)
    }

    /// Decides a request that has several spellings, each an action and a resource name.
    pub fn decide_spellings(&self, spellings: &[(&str, &str)], context: &Context) -> Decision {
        self.layers.decide(spellings, context, |unit| {
            let each = spellings.iter().map(|(action, resource)| unit.first(action, resource, context));
            unit.verdict(each.fold(First::NOTHING, First::merge))
        })
    }
}

/// The policies of one layer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit {
    pub(crate) statements: Vec<InForce>,
}

/// A statement that counts for a principal.
#[derive(Debug, Clone)]
pub(crate) struct InForce {
    document: Arc<Document>,
    pub(crate) at: StatementRef,
    /// Conditions whose operator does not fit their key, by position. Such a statement is invalid as an Allow; as a
    /// Deny it is not narrowed by them.
    pub(crate) ill_typed: Vec<usize>,
}

impl Unit {
    fn new(attached: &[Attached], first_policy: u32, catalog: &Catalog) -> Unit {
        let mut statements = Vec::new();
        for (policy, attached) in (first_policy..).zip(attached) {
            for (number, statement) in (0..).zip(attached.document.statements()) {
                let conditions = statement.conditions.iter().enumerate();
                let misfits = conditions.filter(|(_, condition)| !condition.fits(catalog));
                statements.push(InForce {
                    document: Arc::clone(&attached.document),
                    at: StatementRef { policy, statement: number },
                    ill_typed: misfits.map(|(position, _)| position).collect(),
                });
            }
        }
        Unit { statements }
    }

    /// The first matching Deny and the first matching Allow, by position.
    pub(crate) fn first(&self, action: &str, resource: &str, context: &Context) -> First {
        let first = |effect: Effect| {
            let matching = |in_force: &InForce| in_force.matches(effect, action, resource, context);
            self.statements.iter().position(matching).map_or(NONE, |position| position as u32)
        };
        let deny = first(Effect::Deny);
        // Where a Deny matched, no Allow matters.
        First { deny, allow: if deny == NONE { first(Effect::Allow) } else { NONE } }
    }

    /// Deny beats Allow; the first statement of the winning kind is the one that decided.
    #[inline]
    pub(crate) fn verdict(&self, first: First) -> Verdict {
        let at = |position: u32| self.statements.get(position as usize).map(|in_force| in_force.at);
        match first {
            First { deny: NONE, allow: NONE } => Verdict::NOTHING,
            First { deny: NONE, allow } => Verdict { outcome: Outcome::Allow, statement: at(allow) },
            First { deny, .. } => Verdict { outcome: Outcome::ExplicitDeny, statement: at(deny) },
        }
    }
}

impl InForce {
    /// The statement itself.
    pub(crate) fn statement(&self) -> Option<&Statement> {
        self.document.statements().get(self.at.statement as usize)
    }

    /// Whether the statement takes part in decisions at all.
    pub(crate) fn is_applicable(&self, statement: &Statement) -> bool {
        statement.is_applicable() && (statement.effect == Effect::Deny || self.ill_typed.is_empty())
    }

    fn matches(&self, effect: Effect, action: &str, resource: &str, context: &Context) -> bool {
        self.statement().is_some_and(|statement| {
            statement.effect == effect
                && self.is_applicable(statement)
                && statement.matches_action(action)
                && statement.matches_resource(resource)
                && self.conditions(statement).all(|condition| condition.holds(context))
        })
    }

    /// The conditions that count.
    pub(crate) fn conditions<'s>(&'s self, statement: &'s Statement) -> impl Iterator<Item = &'s Condition> {
        let counts = |position: usize| !self.ill_typed.contains(&position);
        let conditions = statement.conditions.iter().enumerate();
        conditions.filter(move |(position, _)| counts(*position)).map(|(_, condition)| condition)
    }
}

/// What a trust policy says to a caller who wants `action` (`sts:AssumeRole`, `sts:SetSourceIdentity`, …).
pub(crate) fn trust_verdict(
    trust: &Document,
    catalog: &Catalog,
    action: &str,
    caller: &Caller<'_>,
    context: &Context,
) -> Verdict {
    let first = |effect: Effect| {
        let matching = |statement: &&Statement| {
            let fits = |condition: &Condition| condition.fits(catalog);
            let understood = statement.defects.is_empty() && statement.conditions.iter().all(fits);
            statement.effect == effect
                && statement.matches_action(action)
                && statement.matches_principal(caller)
                && (understood || effect == Effect::Deny)
                && statement.conditions.iter().filter(|c| fits(c)).all(|condition| condition.holds(context))
        };
        let position = trust.statements().iter().position(|statement| matching(&statement))?;
        Some(StatementRef { policy: 0, statement: position as u32 })
    };
    match (first(Effect::Deny), first(Effect::Allow)) {
        (Some(deny), _) => Verdict { outcome: Outcome::ExplicitDeny, statement: Some(deny) },
        (None, Some(allow)) => Verdict { outcome: Outcome::Allow, statement: Some(allow) },
        (None, None) => Verdict::NOTHING,
    }
}

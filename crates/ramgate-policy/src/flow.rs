//! The order in which the layers of policies are asked, for the plain evaluator and the index alike.
//!
//! ```text
//!   control policies ── every level must allow
//!         │ Allow
//!   session policy ──── must allow, if there is one
//!         │ Allow
//!   account scope ───── Allow or ExplicitDeny is final
//!         │ ImplicitDeny
//!   resource-group scope of the target's group
//! ```
//!
//! Source: RAM documentation, "Policy evaluation process" and "Policy evaluation process when a RAM role is assumed".

use crate::context::Context;
use crate::decision::{Decision, Layer, Outcome, StatementRef};
use crate::pattern::Arn;
use crate::principal::PrincipalKind;

/// The action that no policy can refuse.
const EXEMPT_ACTION: &str = "sts:GetCallerIdentity";
/// The action that also needs the trust of the role.
pub(crate) const ASSUME_ROLE: &str = "sts:AssumeRole";

/// What the policies of one unit say, whatever form the policies have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) outcome: Outcome,
    pub(crate) statement: Option<StatementRef>,
}

impl Verdict {
    pub(crate) const NOTHING: Verdict = Verdict { outcome: Outcome::ImplicitDeny, statement: None };

    fn at(self, layer: Layer) -> Decision {
        Decision { outcome: self.outcome, layer, statement: self.statement }
    }
}

/// What is asked, as far as the order of the layers depends on it.
pub(crate) trait Asked {
    /// Whether every spelling names this action.
    fn is_only(&self, action: &str) -> bool;
    /// Whether one spelling names this action.
    fn is_any(&self, action: &str) -> bool;
    /// Whether the resource belongs to the account, to nobody, or to the platform.
    fn is_within(&self, account_id: &str) -> bool;
}

/// Spellings of one request, each an action and a resource name.
impl Asked for [(&str, &str)] {
    #[inline]
    fn is_only(&self, action: &str) -> bool {
        !self.is_empty() && self.iter().all(|(asked, _)| asked.eq_ignore_ascii_case(action))
    }

    fn is_any(&self, action: &str) -> bool {
        self.iter().any(|(asked, _)| asked.eq_ignore_ascii_case(action))
    }

    fn is_within(&self, account_id: &str) -> bool {
        !self.is_empty()
            && self.iter().all(|(_, resource)| Arn::parse(resource).is_none_or(|arn| owned(&arn, account_id)))
    }
}

/// An action on a resource in parts.
impl Asked for (&str, &Arn<'_>) {
    #[inline]
    fn is_only(&self, action: &str) -> bool {
        self.0.eq_ignore_ascii_case(action)
    }

    fn is_any(&self, action: &str) -> bool {
        self.is_only(action)
    }

    fn is_within(&self, account_id: &str) -> bool {
        owned(self.1, account_id)
    }
}

fn owned(arn: &Arn<'_>, account_id: &str) -> bool {
    arn.account == account_id || matches!(arn.account, "" | "*" | "system")
}

/// The units of one principal. A unit is a set of policies within which a Deny beats every Allow.
#[derive(Debug, Clone)]
pub(crate) struct Layers<U> {
    pub(crate) kind: PrincipalKind,
    pub(crate) control: Vec<U>,
    pub(crate) session: Option<U>,
    pub(crate) account: U,
    pub(crate) resource_groups: Vec<(String, U)>,
}

impl<U> Layers<U> {
    /// The same layers with another form of units.
    pub(crate) fn map<V>(self, mut f: impl FnMut(U) -> V) -> Layers<V> {
        Layers {
            kind: self.kind,
            control: self.control.into_iter().map(&mut f).collect(),
            session: self.session.map(&mut f),
            account: f(self.account),
            resource_groups: self.resource_groups.into_iter().map(|(id, unit)| (id, f(unit))).collect(),
        }
    }

    /// Whether something holds for every unit.
    pub(crate) fn all(&self, holds: impl Fn(&U) -> bool) -> bool {
        let groups = self.resource_groups.iter().map(|(_, unit)| unit);
        let mut units = self.control.iter().chain(&self.session).chain([&self.account]).chain(groups);
        units.all(holds)
    }

    /// Decides a request, given what each unit says to it.
    #[inline]
    pub(crate) fn decide<A: Asked + ?Sized>(
        &self,
        asked: &A,
        context: &Context,
        unit: impl Fn(&U) -> Verdict,
    ) -> Decision {
        if asked.is_only(EXEMPT_ACTION) {
            let layer = Layer::AccountLevelIdentityBasedPolicy;
            return Decision { outcome: Outcome::Allow, layer, statement: None };
        }
        if let PrincipalKind::Root { account_id } = &self.kind {
            return root(account_id, asked);
        }
        if let Some(refusal) = self.guard(&unit) {
            return refusal;
        }
        self.identity(context, unit)
    }

    /// What control and session policies refuse.
    #[inline]
    pub(crate) fn guard(&self, unit: impl Fn(&U) -> Verdict) -> Option<Decision> {
        let levels = self.control.iter().map(|level| unit(level).at(Layer::ControlPolicy));
        if let Some(refusal) = Decision::all(levels).filter(|decision| !decision.is_allowed()) {
            return Some(refusal);
        }
        let session = unit(self.session.as_ref()?).at(Layer::SessionPolicy);
        (!session.is_allowed()).then_some(session)
    }

    /// What the identity policies say. An Allow or Deny of account scope is final: a Deny of resource-group scope does
    /// not override an Allow of account scope.
    #[inline]
    fn identity(&self, context: &Context, unit: impl Fn(&U) -> Verdict) -> Decision {
        let account = unit(&self.account);
        if account.outcome != Outcome::ImplicitDeny || self.resource_groups.is_empty() {
            return account.at(Layer::AccountLevelIdentityBasedPolicy);
        }
        self.group(context).map_or(Verdict::NOTHING, unit).at(Layer::ResourceGroupLevelIdentityBasedPolicy)
    }

    /// The unit of the target's resource group.
    pub(crate) fn group(&self, context: &Context) -> Option<&U> {
        let wanted = context.resource_group_id.as_deref()?;
        self.resource_groups.iter().find(|(id, _)| id == wanted).map(|(_, unit)| unit)
    }

    /// Decides `sts:AssumeRole`: the caller's own policies and the trust of the role must both allow.
    ///
    /// Only policies of account scope count: assuming a role is an action on the account, and roles belong to no
    /// resource group.
    pub(crate) fn decide_assume_role(&self, unit: impl Fn(&U) -> Verdict, trust: Verdict) -> Decision {
        if let PrincipalKind::Root { .. } = self.kind {
            return Verdict::NOTHING.at(Layer::AssumeRolePolicy);
        }
        if let Some(refusal) = self.guard(&unit) {
            return refusal;
        }
        let identity = unit(&self.account);
        let by_identity = identity.at(Layer::AccountLevelIdentityBasedPolicy);
        match (identity.outcome, trust.outcome) {
            (Outcome::ExplicitDeny, _) => by_identity,
            (_, Outcome::ExplicitDeny) => trust.at(Layer::AssumeRolePolicy),
            (Outcome::Allow, Outcome::Allow) | (Outcome::ImplicitDeny, _) => by_identity,
            (Outcome::Allow, Outcome::ImplicitDeny) => trust.at(Layer::AssumeRolePolicy),
        }
    }
}

/// The account itself may do everything in its own account but assume roles.
fn root<A: Asked + ?Sized>(account_id: &str, asked: &A) -> Decision {
    if asked.is_any(ASSUME_ROLE) {
        return Verdict::NOTHING.at(Layer::AssumeRolePolicy);
    }
    let outcome = if asked.is_within(account_id) { Outcome::Allow } else { Outcome::ImplicitDeny };
    Decision { outcome, layer: Layer::AccountLevelIdentityBasedPolicy, statement: None }
}

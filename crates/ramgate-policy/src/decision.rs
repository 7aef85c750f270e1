//! What a decision is: small, cheap to copy, and enough to write an audit record and an error body from.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The three outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// An Allow matched and no Deny did.
    Allow,
    /// A Deny matched.
    ExplicitDeny,
    /// Nothing matched.
    ImplicitDeny,
}

impl Outcome {
    /// Whether the request may go ahead.
    pub fn is_allowed(self) -> bool {
        self == Outcome::Allow
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Outcome::Allow => "Allow",
            Outcome::ExplicitDeny => "ExplicitDeny",
            Outcome::ImplicitDeny => "ImplicitDeny",
        })
    }
}

/// The kind of policies that decided, under the names of `AccessDeniedDetail.PolicyType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// Control policies of the resource directory.
    ControlPolicy,
    /// The session policy.
    SessionPolicy,
    /// The trust policy of the role.
    AssumeRolePolicy,
    /// Identity policies of account scope.
    AccountLevelIdentityBasedPolicy,
    /// Identity policies of resource-group scope.
    ResourceGroupLevelIdentityBasedPolicy,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Layer::ControlPolicy => "ControlPolicy",
            Layer::SessionPolicy => "SessionPolicy",
            Layer::AssumeRolePolicy => "AssumeRolePolicy",
            Layer::AccountLevelIdentityBasedPolicy => "AccountLevelIdentityBasedPolicy",
            Layer::ResourceGroupLevelIdentityBasedPolicy => "ResourceGroupLevelIdentityBasedPolicy",
        })
    }
}

/// A statement in force for a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatementRef {
    /// Number of the policy among all policies of the principal; see [`crate::Compiled::policy`].
    pub policy: u32,
    /// Number of the statement in the policy's document, from 0.
    pub statement: u32,
}

/// The answer to "may this principal do this".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Yes, no because of a Deny, or no because nothing allows it.
    pub outcome: Outcome,
    /// The policies that decided.
    pub layer: Layer,
    /// The first statement that decided, in the order of policies and statements. `None` for an implicit deny, for the
    /// account itself, and for actions that need no permission. With [`Layer::AssumeRolePolicy`] it counts in the trust
    /// policy and `policy` is 0.
    pub statement: Option<StatementRef>,
}

impl Decision {
    /// Whether the request may go ahead.
    pub fn is_allowed(&self) -> bool {
        self.outcome.is_allowed()
    }

    /// The decision over several that must all allow: an explicit deny before an implicit one, else the first.
    ///
    /// `None` for no decisions at all: nothing was asked, so nothing is allowed.
    pub fn all(decisions: impl IntoIterator<Item = Decision>) -> Option<Decision> {
        decisions.into_iter().reduce(|first, second| {
            let rank = |decision: &Decision| match decision.outcome {
                Outcome::ExplicitDeny => 0,
                Outcome::ImplicitDeny => 1,
                Outcome::Allow => 2,
            };
            if rank(&second) < rank(&first) { second } else { first }
        })
    }
}

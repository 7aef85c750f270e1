//! The principals of an account with everything that decides for them: the input of questions about an account.

mod index;
mod places;
mod spellings;

pub use index::EstateIndex;
pub(crate) use index::{Member, Scan, Sid, Units};
pub(crate) use spellings::{borrowed, spellings};

use ramgate_policy::{Attached, Document, PolicyKind, PrincipalPolicies};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The identities of an account, as policies see them.
#[derive(Debug, Clone, Default)]
pub struct Estate {
    /// The account's id.
    pub account_id: String,
    /// Users and roles, in any order.
    pub principals: Vec<EstatePrincipal>,
    /// Groups, also those without members. What a group gives to its members stands in their policies as well.
    pub groups: Vec<EstateGroup>,
    /// Policies that can be attached, also those that are attached to nobody. Attached ones need not be repeated.
    pub policies: Vec<EstatePolicy>,
}

/// A user or a role with its policies.
#[derive(Debug, Clone)]
pub struct EstatePrincipal {
    /// Who it is.
    pub id: PrincipalId,
    /// What counts for it: its own policies and, for users, those of its groups.
    pub policies: PrincipalPolicies,
    /// Who may assume it, for roles.
    pub trust: Option<Arc<Document>>,
}

/// A group with its policies.
#[derive(Debug, Clone)]
pub struct EstateGroup {
    /// Its name.
    pub name: String,
    /// Policies of account scope.
    pub policies: Vec<Attached>,
    /// Names of its users.
    pub members: Vec<String>,
}

/// A policy, whether attached or not.
#[derive(Debug, Clone)]
pub struct EstatePolicy {
    /// Its name.
    pub name: Arc<str>,
    /// Who maintains it.
    pub kind: PolicyKind,
    /// The document in force.
    pub document: Arc<Document>,
}

/// A user or a role, by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "Type", content = "Name")]
pub enum PrincipalId {
    /// A RAM user.
    User(String),
    /// A RAM role.
    Role(String),
}

impl PrincipalId {
    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::User(name) | Self::Role(name) => name,
        }
    }

    /// `acs:ram::<account>:user/<name>` or `acs:ram::<account>:role/<name in lower case>`.
    pub fn arn(&self, account_id: &str) -> String {
        match self {
            Self::User(name) => format!("acs:ram::{account_id}:user/{name}"),
            Self::Role(name) => format!("acs:ram::{account_id}:role/{}", name.to_ascii_lowercase()),
        }
    }
}

/// ``user `alice` `` or ``role `operator` ``
impl std::fmt::Display for PrincipalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::User(name) => write!(f, "user `{name}`"),
            Self::Role(name) => write!(f, "role `{name}`"),
        }
    }
}

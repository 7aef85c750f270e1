//! The principals of an account with everything that decides for them: the input of questions about an account.

use ramgate_policy::{Document, PrincipalPolicies};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The identities of an account, as policies see them.
#[derive(Debug, Clone, Default)]
pub struct Estate {
    /// The account's id.
    pub account_id: String,
    /// Users and roles, in any order.
    pub principals: Vec<EstatePrincipal>,
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

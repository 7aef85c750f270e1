//! Who calls.

use crate::state::Row;
use ramgate_audit::{PrincipalFacts, PrincipalKind};
use ramgate_model::{AccountId, PrincipalRef, User};
use std::sync::Arc;

/// An authenticated caller.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account it belongs to.
    pub account_id: AccountId,
    /// Root or a user.
    pub identity: Identity,
    /// The key it signed with.
    pub access_key_id: String,
}

/// Whose the access key is.
#[derive(Clone, Debug)]
pub enum Identity {
    /// The account itself.
    Root,
    /// A RAM user, as of the call.
    User(Arc<Row<User>>),
}

impl Caller {
    /// The user, if it is one.
    pub fn user(&self) -> Option<&Arc<Row<User>>> {
        match &self.identity {
            Identity::Root => None,
            Identity::User(user) => Some(user),
        }
    }

    /// What its policies are attached to; `None` for root.
    pub fn principal(&self) -> Option<PrincipalRef> {
        self.user().map(|user| PrincipalRef::User { user_id: user.id.clone() })
    }

    /// `acs:ram::<account>:root` or `acs:ram::<account>:user/<name>`.
    pub fn arn(&self) -> String {
        match &self.identity {
            Identity::Root => format!("acs:ram::{}:root", self.account_id),
            Identity::User(user) => format!("acs:ram::{}:user/{}", self.account_id, user.name),
        }
    }

    /// The user's id, or the account's.
    pub fn id(&self) -> &str {
        match &self.identity {
            Identity::Root => self.account_id.as_str(),
            Identity::User(user) => user.id.as_str(),
        }
    }

    /// As the audit log writes it.
    pub(crate) fn facts(&self) -> PrincipalFacts {
        let (kind, name) = match &self.identity {
            Identity::Root => (PrincipalKind::Root, "root".to_owned()),
            Identity::User(user) => (PrincipalKind::User, user.name.clone()),
        };
        PrincipalFacts { kind, id: self.id().to_owned(), name, arn: self.arn() }
    }
}

//! Who calls.

use crate::sessions::Link;
use crate::state::Row;
use ramgate_audit::{PrincipalFacts, PrincipalKind};
use ramgate_model::{AccountId, PrincipalRef, Role, Timestamp, User};
use ramgate_policy::Document;
use std::sync::Arc;

/// A caller, authenticated unless its operation asks for no credentials.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account it belongs to.
    pub account_id: AccountId,
    /// Who it is.
    pub identity: Identity,
    /// What it showed.
    pub credential: Credential,
}

/// Whose the credentials are.
#[derive(Clone, Debug)]
pub enum Identity {
    /// The account itself.
    Root,
    /// A RAM user, as of the call.
    User(Arc<Row<User>>),
    /// A session of a role.
    Role(Arc<RoleSession>),
    /// Nobody: the operation asks for no credentials, since the request itself holds the proof.
    Anonymous,
}

/// What a caller showed to be who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A signature made with this key, long-term or temporary.
    AccessKey(String),
    /// The cookie of a console session.
    Console {
        /// The session.
        session_id: String,
        /// Whether a one-time code was given at logon.
        mfa: bool,
    },
    /// Nothing.
    None,
}

/// A session of a role, as its security token says.
#[derive(Clone, Debug)]
pub struct RoleSession {
    /// The role, as of the call.
    pub role: Arc<Row<Role>>,
    /// The name that whoever assumed the role gave the session.
    pub name: String,
    /// What narrows the session further.
    pub policy: Option<Arc<Document>>,
    /// The name that stays with a session through every further role.
    pub source_identity: Option<String>,
    /// The identity provider that vouched for the session, such as `saml-provider/AzureAD`.
    pub provider: Option<String>,
    /// How it came about: from whoever began to its role.
    pub chain: Vec<Link>,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Caller {
    /// The user, if it is one.
    pub fn user(&self) -> Option<&Arc<Row<User>>> {
        match &self.identity {
            Identity::User(user) => Some(user),
            _ => None,
        }
    }

    /// The session of a role, if it is one.
    pub fn session(&self) -> Option<&Arc<RoleSession>> {
        match &self.identity {
            Identity::Role(session) => Some(session),
            _ => None,
        }
    }

    /// What its policies are attached to; `None` for root and for nobody.
    pub fn principal(&self) -> Option<PrincipalRef> {
        match &self.identity {
            Identity::User(user) => Some(PrincipalRef::User { user_id: user.id.clone() }),
            Identity::Role(session) => Some(PrincipalRef::Role { role_id: session.role.id.clone() }),
            Identity::Root | Identity::Anonymous => None,
        }
    }

    /// The access key that signed.
    pub fn access_key_id(&self) -> Option<&str> {
        match &self.credential {
            Credential::AccessKey(id) => Some(id),
            _ => None,
        }
    }

    /// `acs:ram::<account>:root`, `…:user/<name>`, `…:assumed-role/<role>/<session>`; empty for nobody.
    pub fn arn(&self) -> String {
        let account = &self.account_id;
        match &self.identity {
            Identity::Root => format!("acs:ram::{account}:root"),
            Identity::User(user) => format!("acs:ram::{account}:user/{}", user.name),
            Identity::Role(session) => {
                format!("acs:ram::{account}:assumed-role/{}/{}", session.role.name.to_ascii_lowercase(), session.name)
            }
            Identity::Anonymous => String::new(),
        }
    }

    /// The name that `acs:PrincipalARN` has: of a session, that of its role.
    pub fn principal_arn(&self) -> String {
        match &self.identity {
            Identity::Role(session) => session.role.arn(&self.account_id),
            _ => self.arn(),
        }
    }

    /// The id of the user or the account, or `<role id>:<session>`; empty for nobody.
    pub fn id(&self) -> String {
        match &self.identity {
            Identity::Root => self.account_id.to_string(),
            Identity::User(user) => user.id.to_string(),
            Identity::Role(session) => format!("{}:{}", session.role.id, session.name),
            Identity::Anonymous => String::new(),
        }
    }

    /// As the audit log writes it.
    pub(crate) fn facts(&self) -> PrincipalFacts {
        let (kind, name) = match &self.identity {
            Identity::Root => (PrincipalKind::Root, "root".to_owned()),
            Identity::User(user) => (PrincipalKind::User, user.name.clone()),
            Identity::Role(session) => (PrincipalKind::AssumedRole, format!("{}/{}", session.role.name, session.name)),
            Identity::Anonymous => return PrincipalFacts::anonymous(),
        };
        PrincipalFacts { kind, id: self.id(), name, arn: self.arn() }
    }

    /// `AuthPrincipalType` of a denial.
    pub(crate) fn type_name(&self) -> &'static str {
        match &self.identity {
            Identity::Root => "RootUser",
            Identity::User(_) => "SubUser",
            Identity::Role(session) if session.provider.is_some() => "Federated",
            Identity::Role(_) | Identity::Anonymous => "AssumedRoleUser",
        }
    }

    /// `AuthPrincipalDisplayName` of a denial: the user's id, `<role>:<session>`, or the identity provider.
    pub(crate) fn display_name(&self) -> String {
        match &self.identity {
            Identity::Role(session) => match &session.provider {
                Some(provider) => provider.clone(),
                None => format!("{}:{}", session.role.name, session.name),
            },
            _ => self.id(),
        }
    }
}

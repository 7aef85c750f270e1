//! Whether a session is still alive: looked at whenever it is used.
//!
//! A session came about in steps: somebody assumed a role, and out of that role perhaps another. Each step must still
//! stand, in every account it touches:
//!
//! - whoever began (a user, or an identity provider) and every role on the way still exist, the same ones and not others of
//!   their names;
//! - the trust policy of each role still names whoever assumed it: with conditions left aside, an Allow of `sts:AssumeRole`
//!   names them under their present name, and no Deny without conditions does.
//!
//! Conditions are left aside because they are about the moment of assuming a role (its address, its external id), which is
//! over. What the policies of whoever assumed the role say now does not matter either; what those of the role say is
//! decided call by call.

use crate::caller::{Caller, Identity};
use crate::state::{Row, State};
use ramgate_model::{AccountId, OidcProvider, Role, RoleId, SamlProvider, User, UserId};
use ramgate_policy::{Caller as TrustCaller, Document, DocumentKind, Effect};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Somebody on the way to a session, by id: another one of the same name is somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// A user. Only as the first.
    #[serde(rename = "u")]
    User {
        /// Its account.
        #[serde(rename = "a")]
        account_id: AccountId,
        /// The user.
        #[serde(rename = "i")]
        user_id: UserId,
    },
    /// An identity provider. Only as the first.
    #[serde(rename = "p")]
    Provider {
        /// Its account.
        #[serde(rename = "a")]
        account_id: AccountId,
        /// Its kind.
        #[serde(rename = "k")]
        kind: ProviderKind,
        /// Its name in lower case.
        #[serde(rename = "n")]
        name: String,
        /// What tells it from another one of its name.
        #[serde(rename = "i")]
        uid: String,
    },
    /// A role.
    #[serde(rename = "r")]
    Role {
        /// Its account.
        #[serde(rename = "a")]
        account_id: AccountId,
        /// The role.
        #[serde(rename = "i")]
        role_id: RoleId,
    },
}

/// Kinds of identity providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProviderKind {
    /// OIDC.
    #[serde(rename = "o")]
    Oidc,
    /// SAML.
    #[serde(rename = "s")]
    Saml,
}

impl Link {
    /// The account it lies in.
    pub(crate) fn account_id(&self) -> &AccountId {
        match self {
            Self::User { account_id, .. } | Self::Provider { account_id, .. } | Self::Role { account_id, .. } => {
                account_id
            }
        }
    }
}

/// Why a session is over before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Ended {
    #[error("the role of the session, or one on the way to it, does not exist any more")]
    RoleGone,
    #[error("the user who assumed the role does not exist any more")]
    UserGone,
    #[error("the identity provider that vouched for the session does not exist any more")]
    ProviderGone,
    #[error("the role does not trust whoever assumed it any more")]
    NotTrusted,
}

/// A session that is alive.
pub(super) struct Alive {
    /// Its role, as of now.
    pub(super) role: Arc<Row<Role>>,
    /// The identity provider that vouched for it.
    pub(super) provider: Option<String>,
}

/// Somebody who assumed a role, as of now.
enum Stands {
    User { account_id: AccountId, name: String },
    Provider { arn: String, display: String },
    Role { account_id: AccountId, role: Arc<Row<Role>> },
}

impl Stands {
    fn caller(&self) -> TrustCaller<'_> {
        match self {
            Self::User { account_id, name } => TrustCaller::User { account: account_id.as_str(), name },
            Self::Provider { arn, .. } => TrustCaller::Federated(arn),
            Self::Role { account_id, role } => TrustCaller::Role { account: account_id.as_str(), name: &role.name },
        }
    }
}

/// Follows the way to a session from its beginning.
///
/// # Errors
/// The first step that does not stand any more.
pub(super) fn follow(state: &State, chain: &[Link]) -> Result<Alive, Ended> {
    let mut before: Option<Stands> = None;
    let mut vouched = None;
    for link in chain {
        let account = state.account(link.account_id());
        before = Some(match link {
            Link::User { account_id, user_id } => {
                let user = account.and_then(|account| account.get::<User>(user_id.as_str())).ok_or(Ended::UserGone)?;
                Stands::User { account_id: account_id.clone(), name: user.name.clone() }
            }
            Link::Provider { account_id, kind, name, uid } => {
                let found = match kind {
                    ProviderKind::Oidc => {
                        let found = account.and_then(|account| account.get::<OidcProvider>(name));
                        found
                            .filter(|p| p.uid == *uid)
                            .map(|p| (p.arn(account_id), format!("oidc-provider/{}", p.name)))
                    }
                    ProviderKind::Saml => {
                        let found = account.and_then(|account| account.get::<SamlProvider>(name));
                        found
                            .filter(|p| p.uid == *uid)
                            .map(|p| (p.arn(account_id), format!("saml-provider/{}", p.name)))
                    }
                };
                let (arn, display) = found.ok_or(Ended::ProviderGone)?;
                Stands::Provider { arn, display }
            }
            Link::Role { account_id, role_id } => {
                let role = account.and_then(|account| account.get::<Role>(role_id.as_str())).ok_or(Ended::RoleGone)?;
                let assumed_by = before.as_ref().ok_or(Ended::NotTrusted)?;
                if !trusts(role, &assumed_by.caller()) {
                    return Err(Ended::NotTrusted);
                }
                // The session of the first role is the provider's; what is assumed out of it is the role's.
                vouched = match assumed_by {
                    Stands::Provider { display, .. } => Some(display.clone()),
                    _ => None,
                };
                Stands::Role { account_id: account_id.clone(), role: role.clone() }
            }
        });
    }
    match before {
        Some(Stands::Role { role, .. }) => Ok(Alive { role, provider: vouched }),
        _ => Err(Ended::RoleGone),
    }
}

/// Whether the trust policy of a role names somebody, see the module's documentation.
fn trusts(role: &Role, caller: &TrustCaller<'_>) -> bool {
    let Ok(trust) = Document::parse_stored_as(&role.trust_policy, DocumentKind::Trust) else { return false };
    let named = |effect: Effect| {
        let statements = trust.statements().iter().filter(move |statement| statement.effect == effect);
        statements.filter(|s| s.is_applicable() && s.matches_action("sts:AssumeRole") && s.matches_principal(caller))
    };
    named(Effect::Allow).next().is_some() && !named(Effect::Deny).any(|statement| statement.conditions.is_empty())
}

/// A caller as trust policies see it; `None` for those that no trust policy can name.
pub(crate) fn trusted_caller(caller: &Caller) -> Option<TrustCaller<'_>> {
    let account = caller.account_id.as_str();
    match &caller.identity {
        Identity::User(user) => Some(TrustCaller::User { account, name: &user.name }),
        Identity::Role(session) => Some(TrustCaller::Role { account, name: &session.role.name }),
        Identity::Root | Identity::Anonymous => None,
    }
}

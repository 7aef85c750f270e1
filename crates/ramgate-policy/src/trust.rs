//! Principals of trust policies: how they are written, and whom they match.

use std::fmt;

use crate::document::Principal;
use crate::pattern::Arn;

/// Who asks to assume a role, as a trust policy sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller<'a> {
    /// A RAM user.
    User {
        /// Account of the user.
        account: &'a str,
        /// Name of the user.
        name: &'a str,
    },
    /// A session of a role.
    Role {
        /// Account of the role.
        account: &'a str,
        /// Name of the role.
        name: &'a str,
    },
    /// A cloud service, for example `ecs.aliyuncs.com`.
    Service(&'a str),
    /// Someone whom an identity provider vouches for: resource name of the provider.
    Federated(&'a str),
}

impl<'a> Caller<'a> {
    /// Reads `acs:ram::<uid>:user/<name>` or `acs:ram::<uid>:role/<name>`.
    ///
    /// `None` for everything else, among it the account itself, which cannot assume roles.
    pub fn from_arn(arn: &'a str) -> Option<Caller<'a>> {
        let arn = ram_arn(arn)?;
        match arn.relative.split_once('/')? {
            ("user", name) => Some(Caller::User { account: arn.account, name }),
            ("role", name) => Some(Caller::Role { account: arn.account, name }),
            _ => None,
        }
    }
}

impl Principal {
    /// Reads a value of `Principal.RAM`.
    pub(crate) fn read_ram(text: &str) -> Option<Principal> {
        let arn = ram_arn(text)?;
        if arn.account.is_empty() || !arn.account.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let account = arn.account.to_owned();
        if arn.relative == "root" {
            return Some(Principal::Account(account));
        }
        match arn.relative.split_once('/')? {
            ("user", name) if is_name(name) => Some(Principal::User { account, name: name.to_owned() }),
            ("role", name) if is_name(name) => Some(Principal::Role { account, name: name.to_owned() }),
            _ => None,
        }
    }

    /// Reads a value of `Principal.Service`.
    pub(crate) fn read_service(text: &str) -> Option<Principal> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
        (text.contains('.') && text.chars().all(plain)).then(|| Principal::Service(text.to_owned()))
    }

    /// Reads a value of `Principal.Federated`.
    pub(crate) fn read_federated(text: &str) -> Option<Principal> {
        let arn = ram_arn(text)?;
        match arn.relative.split_once('/')? {
            ("saml-provider" | "oidc-provider", name) if is_name(name) => Some(Principal::Federated(text.to_owned())),
            _ => None,
        }
    }

    /// Whether the principal names the caller.
    pub fn matches(&self, caller: &Caller<'_>) -> bool {
        match (self, caller) {
            (Principal::Account(account), Caller::User { account: of, .. } | Caller::Role { account: of, .. }) => {
                account == of
            }
            (Principal::User { account, name }, Caller::User { account: of, name: called })
            | (Principal::Role { account, name }, Caller::Role { account: of, name: called }) => {
                account == of && name.eq_ignore_ascii_case(called)
            }
            (Principal::Service(service), Caller::Service(called)) => service.eq_ignore_ascii_case(called),
            (Principal::Federated(provider), Caller::Federated(called)) => provider == called,
            _ => false,
        }
    }
}

/// The principal as policies write it.
impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Principal::Account(account) => write!(f, "acs:ram::{account}:root"),
            Principal::User { account, name } => write!(f, "acs:ram::{account}:user/{name}"),
            Principal::Role { account, name } => write!(f, "acs:ram::{account}:role/{name}"),
            Principal::Service(name) | Principal::Federated(name) => f.write_str(name),
        }
    }
}

/// Cuts a resource name of RAM. The region is not part of such a name; `*` in its place is tolerated.
fn ram_arn(text: &str) -> Option<Arn<'_>> {
    let arn = Arn::parse(text)?;
    (arn.service.eq_ignore_ascii_case("ram") && matches!(arn.region, "" | "*")).then_some(arn)
}

/// Principals are named in full: no wildcards.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['*', '?', '/', ':', ' '])
}

//! How users are named: by name, by id, by a key of theirs, or by a logon name `<name>@<domain>`.
//!
//! An account has one default domain, `<alias or id>.<suffix>`, which answers show. The domain of its id stays its own
//! also where an alias is set. Any other domain names nobody.

use crate::node::Cx;
use crate::ram::find_user;
use crate::state::{AccountState, Row};
use ramgate_api::ApiError;
use ramgate_api::ims::errors as ims;
use ramgate_api::ram::errors;
use ramgate_model::{AccessKey, Account, AccountId, KeyOwner, User};
use std::sync::Arc;

/// The logon names of one account.
#[derive(Clone, Copy)]
pub(crate) struct LogonNames<'a> {
    account_id: &'a AccountId,
    suffix: &'a str,
}

impl<'a> LogonNames<'a> {
    /// Those of an account whose domain ends in `suffix`.
    pub(crate) fn new(account_id: &'a AccountId, suffix: &'a str) -> Self {
        Self { account_id, suffix }
    }

    /// The account's alias, where it has one.
    pub(crate) fn alias(self, account: &AccountState) -> Option<String> {
        account.get::<Account>(self.account_id.as_str())?.alias.clone()
    }

    /// The domain that answers show.
    pub(crate) fn default_domain(self, account: &AccountState) -> String {
        match self.alias(account) {
            Some(alias) => format!("{alias}.{}", self.suffix),
            None => format!("{}.{}", self.account_id, self.suffix),
        }
    }

    /// A user's logon name as answers show it.
    pub(crate) fn logon_name(self, account: &AccountState, user_name: &str) -> String {
        format!("{user_name}@{}", self.default_domain(account))
    }

    /// The part of a default domain that stands for the account; `None` where the domain ends otherwise.
    pub(crate) fn account_part(self, domain: &str) -> Option<&str> {
        let (part, suffix) = domain.split_once('.')?;
        suffix.eq_ignore_ascii_case(self.suffix).then_some(part)
    }

    /// The user name in a logon name; `None` where its domain is not one of the account's.
    pub(crate) fn user_name<'n>(self, account: &AccountState, logon_name: &'n str) -> Option<&'n str> {
        let (name, domain) = logon_name.rsplit_once('@')?;
        self.is_part(account, self.account_part(domain)?).then_some(name)
    }

    /// Whether this is the account's alias or id.
    fn is_part(self, account: &AccountState, part: &str) -> bool {
        let alias = || self.alias(account).is_some_and(|alias| part.eq_ignore_ascii_case(&alias));
        part == self.account_id.as_str() || alias()
    }

    /// Whether a domain is the account's, or is its alias or id without the suffix: people may leave that out where they log
    /// on.
    pub(crate) fn owns_domain_or_part(self, account: &AccountState, domain: &str) -> bool {
        self.is_part(account, domain) || self.account_part(domain).is_some_and(|part| self.is_part(account, part))
    }

    /// The user name in the logon name of a user to be.
    ///
    /// # Errors
    /// `InvalidParameter.UserPrincipalName.Domain`.
    pub(crate) fn new_user_name(self, account: &AccountState, logon_name: &str) -> Result<String, ApiError> {
        let name = self.user_name(account, logon_name).ok_or_else(|| {
            let domain = self.default_domain(account);
            ims::USER_PRINCIPAL_NAME_DOMAIN.with(format!("The logon name must end in `@{domain}`."))
        })?;
        Ok(name.to_owned())
    }
}

impl Cx {
    /// The logon names of the account that is acted on.
    pub(crate) fn logon_names(&self) -> LogonNames<'_> {
        LogonNames::new(self.account_id(), &self.config().logon_domain_suffix)
    }
}

/// How a request names a user.
#[derive(Clone, Copy, Debug)]
pub(crate) enum UserRef<'a> {
    /// By name, without regard to case.
    Name(&'a str),
    /// By name and domain.
    LogonName(&'a str),
    /// By id.
    Id(&'a str),
    /// By an access key.
    KeyOwner(&'a str),
}

impl<'a> UserRef<'a> {
    /// What IMS requests hold: a logon name or an id; `None` where they hold neither.
    pub(crate) fn of(logon_name: Option<&'a str>, id: Option<&'a str>) -> Option<Self> {
        logon_name.map(Self::LogonName).or_else(|| id.map(Self::Id))
    }

    /// The user.
    ///
    /// # Errors
    /// `EntityNotExist.User`.
    pub(crate) fn find<'s>(
        self,
        names: LogonNames<'_>,
        account: &'s AccountState,
    ) -> Result<&'s Arc<Row<User>>, ApiError> {
        let found = match self {
            Self::Name(name) => find_user(account, name),
            Self::LogonName(name) => names.user_name(account, name).and_then(|name| find_user(account, name)),
            Self::Id(id) => account.get::<User>(id),
            Self::KeyOwner(key) => account.get::<AccessKey>(key).and_then(|key| match &key.owner {
                KeyOwner::User { user_id } => account.get::<User>(user_id.as_str()),
                KeyOwner::Root => None,
            }),
        };
        found.ok_or_else(|| errors::USER_NOT_FOUND.error())
    }
}

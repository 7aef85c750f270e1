//! Logon names: `<user>@<domain>`, where the domain says which account the user belongs to.

use crate::state::State;
use ramgate_model::{AccountId, User};

/// What default domains end with.
const SUFFIX: &str = ".onaliyun.com";

/// The account that a domain stands for: its id, with or without the suffix of default domains. Letter case does not
/// matter.
pub(crate) fn account_of_domain(state: &State, domain: &str) -> Option<AccountId> {
    let domain = domain.to_ascii_lowercase();
    let name = domain.strip_suffix(SUFFIX).unwrap_or(&domain);
    let account_id = AccountId::from(name);
    state.account(&account_id).map(|_| account_id)
}

/// The full logon name of a user.
pub(crate) fn principal_name(account_id: &AccountId, user: &User) -> String {
    format!("{}@{account_id}{SUFFIX}", user.name)
}

/// The user's name and the account of a logon name. A name without a domain belongs to `own`, where that is given.
pub(crate) fn resolve<'n>(state: &State, own: Option<&AccountId>, name: &'n str) -> Option<(&'n str, AccountId)> {
    match name.rsplit_once('@') {
        Some((name, domain)) => Some((name, account_of_domain(state, domain)?)),
        None => Some((name, own?.clone())),
    }
}

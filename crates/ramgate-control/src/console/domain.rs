//! Logon names: `<user>@<domain>`, where the domain says which account the user belongs to.

use crate::identities::LogonNames;
use crate::state::State;
use ramgate_model::AccountId;

/// The account that a domain stands for: its id or its alias, with or without the suffix of default domains. Letter case
/// does not matter. An alias is no account's id, so there is one answer at most.
pub(crate) fn account_of_domain(state: &State, suffix: &str, domain: &str) -> Option<AccountId> {
    state.accounts().find_map(|(id, account)| {
        let account_id = AccountId::from(id);
        let names = LogonNames::new(&account_id, suffix);
        let part = names.account_part(domain).unwrap_or(domain);
        let own = part == id || names.alias(account).is_some_and(|alias| alias.eq_ignore_ascii_case(part));
        own.then_some(account_id)
    })
}

/// The user's name and the account of a logon name. A name without a domain belongs to `own`.
pub(crate) fn resolve<'n>(state: &State, suffix: &str, own: &AccountId, name: &'n str) -> Option<(&'n str, AccountId)> {
    match name.rsplit_once('@') {
        Some((name, domain)) => Some((name, account_of_domain(state, suffix, domain)?)),
        None => Some((name, own.clone())),
    }
}

//! Logon names: `<user>@<domain>`, where the domain says which account the user belongs to.

use crate::identities::LogonNames;
use crate::state::State;
use ramgate_model::AccountId;

/// The account that a domain stands for: its alias or id, with or without the suffix of default domains. Letter case does
/// not matter.
fn account_of_domain(state: &State, suffix: &str, domain: &str) -> Option<AccountId> {
    let owner = state.accounts().find(|(id, account)| {
        let id = AccountId::from(*id);
        LogonNames::new(&id, suffix).owns_domain_or_part(account, domain)
    });
    owner.map(|(id, _)| AccountId::from(id))
}

/// The user's name and the account of a logon name. A name without a domain belongs to `own`, where that is given.
pub(crate) fn resolve<'n>(
    state: &State,
    suffix: &str,
    own: Option<&AccountId>,
    name: &'n str,
) -> Option<(&'n str, AccountId)> {
    match name.rsplit_once('@') {
        Some((name, domain)) => Some((name, account_of_domain(state, suffix, domain)?)),
        None => Some((name, own?.clone())),
    }
}

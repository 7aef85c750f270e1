//! The account itself: its alias, and how much it has of everything.

use crate::node::Cx;
use crate::state::AccountState;
use ramgate_api::ApiError;
use ramgate_api::ims::errors as ims;
use ramgate_api::ram::errors;
use ramgate_model::{Account, AccountId};

/// Changes the account.
///
/// # Errors
/// What `change` answers.
pub(crate) async fn change(cx: &Cx, change: impl Fn(&mut Account) -> Result<(), ApiError>) -> Result<(), ApiError> {
    cx.transact(|tx| {
        let state = tx.account().clone();
        let row = state.get::<Account>(cx.account_id().as_str());
        let row =
            row.ok_or_else(|| ramgate_api::codes::INTERNAL_ERROR.error().log("the account is not in the store"))?;
        let mut account = row.value.clone();
        change(&mut account)?;
        if account == row.value { Ok(()) } else { tx.update(row, &account) }
    })
    .await
}

/// Gives the account an alias. `replace` tells whether it may have one already. An alias of digits only could be taken
/// for the id of an account, and is refused.
///
/// # Errors
/// `InvalidParameter.AccountAlias.Format`; `EntityAlreadyExists.AccountAlias` where it has one, or where another account
/// has this one.
pub(crate) async fn set_alias(cx: &Cx, alias: &str, replace: bool) -> Result<(), ApiError> {
    if alias.bytes().all(|b| b.is_ascii_digit()) {
        return Err(errors::ACCOUNT_ALIAS_FORMAT.error());
    }
    let another = |(id, account): (&str, &std::sync::Arc<AccountState>)| {
        let id = AccountId::from(id);
        id != *cx.account_id() && account.get::<Account>(id.as_str()).is_some_and(|a| a.alias.as_deref() == Some(alias))
    };
    if cx.node.feed.state().accounts().any(another) {
        return Err(errors::ACCOUNT_ALIAS_EXISTS.error());
    }
    change(cx, |account| {
        if account.alias.is_some() && !replace {
            return Err(errors::ACCOUNT_ALIAS_EXISTS.error());
        }
        account.alias = Some(alias.to_owned());
        Ok(())
    })
    .await
}

/// Takes the alias from the account, if it has one.
pub(crate) async fn clear_alias(cx: &Cx) -> Result<(), ApiError> {
    change(cx, |account| {
        account.alias = None;
        Ok(())
    })
    .await
}

/// Sets the domain of logon names, and the alias with it. Answers the domain.
///
/// # Errors
/// `InvalidParameter.DefaultDomainName.…`, `EntityAlreadyExists.AccountAlias` where another account has it.
pub(crate) async fn set_default_domain(cx: &Cx, domain: &str) -> Result<String, ApiError> {
    let names = cx.logon_names();
    let part = names.account_part(domain).ok_or_else(|| {
        let suffix = &cx.config().logon_domain_suffix;
        ims::DEFAULT_DOMAIN_FORMAT.with(format!("The default domain must be an alias and `.{suffix}`."))
    })?;
    if part == cx.account_id().as_str() {
        clear_alias(cx).await?;
    } else {
        set_alias(cx, part, true).await?;
    }
    Ok(domain.to_owned())
}

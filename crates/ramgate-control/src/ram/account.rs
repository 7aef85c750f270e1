//! The alias of the account.

use crate::dispatch::Authorized;
use crate::identities::account;
use crate::node::Cx;
use ramgate_api::ram::{ClearAccountAlias, GetAccountAlias, GetAccountAliasResponse, SetAccountAlias};
use ramgate_api::{ApiError, Empty};

pub(super) async fn set_alias(cx: Cx, call: Authorized<SetAccountAlias>) -> Result<Empty, ApiError> {
    account::set_alias(&cx, &call.request.account_alias, false).await?;
    Ok(Empty)
}

pub(super) async fn get_alias(cx: Cx, _: Authorized<GetAccountAlias>) -> Result<GetAccountAliasResponse, ApiError> {
    let account_alias = cx.logon_names().alias(&cx.account()).unwrap_or_default();
    Ok(GetAccountAliasResponse { account_alias })
}

pub(super) async fn clear_alias(cx: Cx, _: Authorized<ClearAccountAlias>) -> Result<Empty, ApiError> {
    account::clear_alias(&cx).await?;
    Ok(Empty)
}

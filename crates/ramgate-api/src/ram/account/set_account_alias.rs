//! SetAccountAlias.

use crate::ram::{RAM, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Gives the account an alias for console logon.
    ///
    /// Source: RAM API reference 2015-05-01, SetAccountAlias.
    SetAccountAlias {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: SetAccountAliasRequest,
        response: Empty,
        errors: [errors::ACCOUNT_ALIAS_EXISTS],
        required: ["AccountAlias"],
    }
}

/// What [`SetAccountAlias`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetAccountAliasRequest {
    /// 3–32 of lower-case letters, digits, `-`, without a hyphen at either end or two in a row.
    pub account_alias: String,
}

impl Validate for SetAccountAliasRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::account_alias(checker, Some(&self.account_alias));
    }
}

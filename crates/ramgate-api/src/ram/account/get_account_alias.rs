//! GetAccountAlias.

use crate::ram::RAM;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns the alias of the account.
    ///
    /// Source: RAM API reference 2015-05-01, GetAccountAlias.
    GetAccountAlias {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAccountAliasRequest,
        response: GetAccountAliasResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccountAliasRequest {}

impl Validate for GetAccountAliasRequest {}

/// What [`GetAccountAlias`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountAliasResponse {
    /// The alias; empty where none is set.
    pub account_alias: String,
}

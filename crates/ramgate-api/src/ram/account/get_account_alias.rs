//! GetAccountAlias.

use crate::ram::RAM;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccountAliasRequest {}

impl Validate for GetAccountAliasRequest {}

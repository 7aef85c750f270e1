//! ClearAccountAlias.

use crate::ram::RAM;
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes the alias from the account.
    ///
    /// Source: RAM API reference 2015-05-01, ClearAccountAlias.
    ClearAccountAlias {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: ClearAccountAliasRequest,
        response: Empty,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ClearAccountAliasRequest {}

impl Validate for ClearAccountAliasRequest {}

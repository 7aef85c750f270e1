//! ExportAccount.

use super::RAMGATE;
use crate::ram::Manifest;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Writes the RAM state of the account as one document: users, groups, roles, custom policies and who has which. It
    /// holds no secret.
    ExportAccount {
        product: RAMGATE,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: ExportAccountRequest,
        response: ExportAccountResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ExportAccountRequest {}

impl Validate for ExportAccountRequest {}

/// What [`ExportAccount`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ExportAccountResponse {
    /// The state.
    pub manifest: Manifest,
}

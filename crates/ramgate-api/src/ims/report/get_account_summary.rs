//! GetAccountSummary.

use super::SummaryMap;
use crate::ims::IMS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Counts what the account has, and tells how much it may have.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccountSummary.
    GetAccountSummary {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAccountSummaryRequest,
        response: GetAccountSummaryResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccountSummaryRequest {}

impl Validate for GetAccountSummaryRequest {}

/// What [`GetAccountSummary`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountSummaryResponse {
    /// The counts and limits.
    pub summary_map: SummaryMap,
}

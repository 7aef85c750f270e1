//! ListRecentGovernanceMetrics.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the measures of the last days.
    ///
    /// Source: IMS API reference 2019-08-15, ListRecentGovernanceMetrics.
    ListRecentGovernanceMetrics {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListRecentGovernanceMetricsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListRecentGovernanceMetricsRequest {}

impl Validate for ListRecentGovernanceMetricsRequest {}

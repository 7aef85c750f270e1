//! GetResourceOverview.

use crate::apig::{APIG, OVERVIEW};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Counts gateways and HTTP APIs.
    ///
    /// Source: APIG API reference 2024-03-27, GetResourceOverview.
    GetResourceOverview {
        product: APIG,
        bind: (GET "/v1/overview/resources"),
        access: Get,
        resource: (ALL or (OVERVIEW, *)),
        conditions: [],
        request: GetResourceOverviewRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`GetResourceOverview`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetResourceOverviewRequest {
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
}

impl Validate for GetResourceOverviewRequest {}

//! ListZones.

use super::Zone;
use crate::apig::{APIG, ZONE};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the zones of the region.
    ///
    /// Source: APIG API reference 2024-03-27, ListZones.
    ListZones {
        product: APIG,
        bind: (GET "/v1/zones"),
        access: None,
        resource: (ALL or (ZONE, *)),
        conditions: [],
        request: ListZonesRequest,
        response: ListZonesResponse,
        errors: [],
    }
}

/// What [`ListZones`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListZonesRequest {
    /// `Professional`, `Serverless` or `MultiTenantServerless`.
    pub gateway_edition: Option<String>,
}

impl Validate for ListZonesRequest {}

/// What [`ListZones`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListZonesResponse {
    /// This page.
    pub items: Vec<Zone>,
}

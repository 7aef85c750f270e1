//! GetGatewaySelection.

use crate::mse::MSE;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells what gateways can be made: zones, specifications, editions.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetGatewaySelection {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetGatewaySelectionRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`GetGatewaySelection`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewaySelectionRequest {
    /// The region.
    pub region: Option<String>,
}

impl Validate for GetGatewaySelectionRequest {}

//! ListGatewayZone.

use super::Zone;
use crate::mse::MSE;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the zones in which gateways can be.
    ///
    /// Source: MSE API reference 2019-05-31, ListGatewayZone.
    ListGatewayZone {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: ListGatewayZoneRequest,
        response: Vec<Zone>,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGatewayZoneRequest {}

impl Validate for ListGatewayZoneRequest {}

//! GetGateway.

use super::Gateway;
use crate::apig::{APIG, GATEWAY, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one gateway with its entry points and environments.
    ///
    /// Source: APIG API reference 2024-03-27, GetGateway.
    GetGateway {
        product: APIG,
        bind: (GET "/v1/gateways/{gatewayId}"),
        access: Get,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: GetGatewayRequest,
        response: Gateway,
        errors: [errors::GATEWAY_NOT_FOUND],
    }
}

/// What [`GetGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetGatewayRequest {
    /// The gateway's id.
    pub gateway_id: String,
}

impl Validate for GetGatewayRequest {}

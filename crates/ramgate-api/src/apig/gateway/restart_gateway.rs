//! RestartGateway.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Restarts a gateway.
    ///
    /// Source: APIG API reference 2024-03-27, RestartGateway.
    RestartGateway {
        product: APIG,
        bind: (POST "/v1/gateways/{gatewayId}/restart"),
        access: None,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: RestartGatewayRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND, errors::GATEWAY_STATUS_INVALID],
    }
}

/// What [`RestartGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RestartGatewayRequest {
    /// The gateway's id.
    pub gateway_id: String,
}

impl Validate for RestartGatewayRequest {}

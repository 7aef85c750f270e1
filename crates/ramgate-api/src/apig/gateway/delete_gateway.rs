//! DeleteGateway.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a gateway on which nothing is deployed.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteGateway.
    DeleteGateway {
        product: APIG,
        bind: (DELETE "/v1/gateways/{gatewayId}"),
        access: Delete,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: DeleteGatewayRequest,
        response: Empty,
        errors: [errors::GATEWAY_NOT_FOUND, errors::GATEWAY_IN_USE, errors::GATEWAY_IS_DELETED],
    }
}

/// What [`DeleteGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteGatewayRequest {
    /// The gateway's id.
    pub gateway_id: String,
}

impl Validate for DeleteGatewayRequest {}

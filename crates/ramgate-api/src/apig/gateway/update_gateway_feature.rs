//! UpdateGatewayFeature.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes one setting of a gateway.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateGatewayFeature.
    UpdateGatewayFeature {
        product: APIG,
        bind: (PUT "/v1/gateways/{gatewayId}/gateway-features/{name}"),
        access: None,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: UpdateGatewayFeatureRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND],
        required: ["value"],
    }
}

/// What [`UpdateGatewayFeature`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateGatewayFeatureRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// The setting, such as `EnableHttp2`.
    pub name: String,
    /// The new value as text; JSON where structured.
    pub value: String,
}

impl Validate for UpdateGatewayFeatureRequest {}

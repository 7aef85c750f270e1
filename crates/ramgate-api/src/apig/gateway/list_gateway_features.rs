//! ListGatewayFeatures.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the settings of a gateway with their present values.
    ///
    /// Source: APIG API reference 2024-03-27, ListGatewayFeatures.
    ListGatewayFeatures {
        product: APIG,
        bind: (GET "/v1/gateways/{gatewayId}/gateway-features"),
        access: None,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: ListGatewayFeaturesRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND],
    }
}

/// What [`ListGatewayFeatures`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListGatewayFeaturesRequest {
    /// The gateway's id.
    pub gateway_id: String,
}

impl Validate for ListGatewayFeaturesRequest {}

//! UpdateGatewayName.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Renames a gateway.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateGatewayName.
    UpdateGatewayName {
        product: APIG,
        bind: (PUT "/v1/gateways/{gatewayId}/name"),
        access: Update,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: UpdateGatewayNameRequest,
        response: Empty,
        errors: [errors::GATEWAY_NOT_FOUND, errors::GATEWAY_NAME_DUPLICATE],
        required: ["name"],
        query: ["name"],
    }
}

/// What [`UpdateGatewayName`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateGatewayNameRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// The new name, 1–64 characters.
    pub name: String,
}

impl Validate for UpdateGatewayNameRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("name", Some(&self.name), 1, 64);
    }
}

//! UpdateGatewayRouteCORS.

use super::Cors;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes how a route answers to other origins.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayRouteCORS.
    UpdateGatewayRouteCORS {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayRouteCORSRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id", "CorsJSON"],
    }
}

/// What [`UpdateGatewayRouteCORS`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayRouteCORSRequest {
    /// The policy.
    #[serde(rename = "CorsJSON", alias = "Cors")]
    pub cors: Cors,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
}

impl Validate for UpdateGatewayRouteCORSRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

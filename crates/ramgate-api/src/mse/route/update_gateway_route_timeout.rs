//! UpdateGatewayRouteTimeout.

use super::Timeout;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes how long a route waits for an answer.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayRouteTimeout.
    UpdateGatewayRouteTimeout {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayRouteTimeoutRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id", "TimeoutJSON"],
    }
}

/// What [`UpdateGatewayRouteTimeout`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayRouteTimeoutRequest {
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
    /// The policy.
    #[serde(rename = "TimeoutJSON", alias = "Timeout")]
    pub timeout: Timeout,
}

impl Validate for UpdateGatewayRouteTimeoutRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

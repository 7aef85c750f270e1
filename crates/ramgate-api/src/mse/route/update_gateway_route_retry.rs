//! UpdateGatewayRouteRetry.

use super::Retry;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes when a route tries again.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayRouteRetry.
    UpdateGatewayRouteRetry {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayRouteRetryRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id", "RetryJSON"],
    }
}

/// What [`UpdateGatewayRouteRetry`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayRouteRetryRequest {
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
    /// The policy.
    #[serde(rename = "RetryJSON", alias = "Retry")]
    pub retry: Retry,
}

impl Validate for UpdateGatewayRouteRetryRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

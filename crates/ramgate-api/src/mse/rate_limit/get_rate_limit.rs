//! GetRateLimit.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the rate limits of a route.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetRateLimit {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetRateLimitRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["RouteId"],
    }
}

/// What [`GetRateLimit`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetRateLimitRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The route's number.
    pub route_id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetRateLimitRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! ApplyGatewayRoute.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Publishes a route, or its latest edits.
    ///
    /// Source: MSE API reference 2019-05-31, ApplyGatewayRoute.
    ApplyGatewayRoute {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: ApplyGatewayRouteRequest,
        response: bool,
        errors: [errors::NOT_FOUND],
        required: ["RouteId"],
    }
}

/// What [`ApplyGatewayRoute`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ApplyGatewayRouteRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The route's number.
    pub route_id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for ApplyGatewayRouteRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

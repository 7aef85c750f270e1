//! OfflineGatewayRoute.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes a route out of traffic.
    ///
    /// Source: MSE API reference 2019-05-31, OfflineGatewayRoute.
    OfflineGatewayRoute {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: OfflineGatewayRouteRequest,
        response: bool,
        errors: [errors::NOT_FOUND],
        required: ["RouteId"],
    }
}

/// What [`OfflineGatewayRoute`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct OfflineGatewayRouteRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The route's number.
    pub route_id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for OfflineGatewayRouteRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

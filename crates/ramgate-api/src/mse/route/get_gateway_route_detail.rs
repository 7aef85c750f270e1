//! GetGatewayRouteDetail.

use super::RouteDetail;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one route with its policies.
    ///
    /// Source: MSE API reference 2019-05-31, GetGatewayRouteDetail.
    GetGatewayRouteDetail {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetGatewayRouteDetailRequest,
        response: RouteDetail,
        errors: [errors::NOT_FOUND],
        required: ["RouteId"],
    }
}

/// What [`GetGatewayRouteDetail`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayRouteDetailRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The route's number.
    pub route_id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetGatewayRouteDetailRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

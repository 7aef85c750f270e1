//! UpdateGatewayRouteHeaderOp.

use super::HeaderOp;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes what a route does to headers.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayRouteHeaderOp.
    UpdateGatewayRouteHeaderOp {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayRouteHeaderOpRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id", "HeaderOpJSON"],
    }
}

/// What [`UpdateGatewayRouteHeaderOp`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayRouteHeaderOpRequest {
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The policy.
    #[serde(rename = "HeaderOpJSON", alias = "HeaderOp")]
    pub header_op: HeaderOp,
    /// The number.
    pub id: i64,
}

impl Validate for UpdateGatewayRouteHeaderOpRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! DeleteGateway.

use super::Gateway;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a pay-as-you-go gateway with everything on it.
    ///
    /// Source: MSE API reference 2019-05-31, DeleteGateway.
    DeleteGateway {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: DeleteGatewayRequest,
        response: Gateway,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`DeleteGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteGatewayRequest {
    /// Whether load balancers go as well.
    pub delete_slb: Option<bool>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for DeleteGatewayRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

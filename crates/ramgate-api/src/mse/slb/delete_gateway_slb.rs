//! DeleteGatewaySlb.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Unbinds a gateway from a load balancer.
    ///
    /// Source: MSE API reference 2019-05-31, DeleteGatewaySlb.
    DeleteGatewaySlb {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: DeleteGatewaySlbRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["SlbId"],
    }
}

/// What [`DeleteGatewaySlb`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteGatewaySlbRequest {
    /// Whether load balancers go as well.
    pub delete_slb: Option<bool>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number of the binding.
    pub id: Option<String>,
    /// The load balancer's id.
    pub slb_id: String,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for DeleteGatewaySlbRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

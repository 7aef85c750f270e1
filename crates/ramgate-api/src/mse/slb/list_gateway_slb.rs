//! ListGatewaySlb.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the load balancers of a gateway.
    ///
    /// Source: MSE API reference 2019-05-31, ListGatewaySlb.
    ListGatewaySlb {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: ListGatewaySlbRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`ListGatewaySlb`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGatewaySlbRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for ListGatewaySlbRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

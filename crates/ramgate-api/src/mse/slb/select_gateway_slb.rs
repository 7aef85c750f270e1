//! SelectGatewaySlb.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the load balancers that a gateway could be bound to.
    ///
    /// Source: MSE API reference 2019-05-31, SelectGatewaySlb.
    SelectGatewaySlb {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: SelectGatewaySlbRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`SelectGatewaySlb`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SelectGatewaySlbRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Part of the name.
    pub name: Option<String>,
    /// `PUB_NET` or `PRIVATE_NET`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for SelectGatewaySlbRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! GatewayHealthCheckList.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists what is well and what is not with a gateway.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GatewayHealthCheckList {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GatewayHealthCheckListRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`GatewayHealthCheckList`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GatewayHealthCheckListRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GatewayHealthCheckListRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

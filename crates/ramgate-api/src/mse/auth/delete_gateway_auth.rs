//! DeleteGatewayAuth.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a way in which callers prove who they are.
    ///
    /// Source: MSE API reference 2019-05-31, DeleteGatewayAuth.
    DeleteGatewayAuth {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: DeleteGatewayAuthRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id"],
    }
}

/// What [`DeleteGatewayAuth`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteGatewayAuthRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for DeleteGatewayAuthRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

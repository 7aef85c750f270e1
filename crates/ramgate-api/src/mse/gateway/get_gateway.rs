//! GetGateway.

use super::Gateway;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one gateway in short.
    ///
    /// Source: MSE API reference 2019-05-31, GetGateway.
    GetGateway {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetGatewayRequest,
        response: Gateway,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`GetGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayRequest {
    /// `zh`, `en` or `ja`: the language of texts in the answer.
    pub accept_language: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetGatewayRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

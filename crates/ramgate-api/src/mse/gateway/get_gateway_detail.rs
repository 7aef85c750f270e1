//! GetGatewayDetail.

use super::Gateway;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one gateway with its entry points and options.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetGatewayDetail {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetGatewayDetailRequest,
        response: Gateway,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`GetGatewayDetail`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayDetailRequest {
    /// `zh`, `en` or `ja`: the language of texts in the answer.
    pub accept_language: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetGatewayDetailRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! GetBlackWhiteList.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns the newest list of a kind.
    ///
    /// Source: MSE API reference 2019-05-31, GetBlackWhiteList.
    GetBlackWhiteList {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetBlackWhiteListRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["ResourceType"],
    }
}

/// What [`GetBlackWhiteList`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetBlackWhiteListRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Whether the list says who may, rather than who may not.
    pub is_white: Option<bool>,
    /// `GATEWAY`, `DOMAIN` or `ROUTE`.
    pub resource_type: String,
    /// `IP`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetBlackWhiteListRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

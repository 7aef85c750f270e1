//! GetGatewayServiceDetail.

use super::ServiceDetail;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one service with its versions and traffic policy.
    ///
    /// Source: MSE API reference 2019-05-31, GetGatewayServiceDetail.
    GetGatewayServiceDetail {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetGatewayServiceDetailRequest,
        response: ServiceDetail,
        errors: [errors::NOT_FOUND],
        required: ["ServiceId"],
    }
}

/// What [`GetGatewayServiceDetail`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayServiceDetailRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The service's number.
    pub service_id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetGatewayServiceDetailRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

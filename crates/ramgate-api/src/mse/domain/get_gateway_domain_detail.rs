//! GetGatewayDomainDetail.

use super::DomainDetail;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one domain with facts of its certificate.
    ///
    /// Source: MSE API reference 2019-05-31, GetGatewayDomainDetail.
    GetGatewayDomainDetail {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetGatewayDomainDetailRequest,
        response: DomainDetail,
        errors: [errors::NOT_FOUND],
        required: ["Id"],
    }
}

/// What [`GetGatewayDomainDetail`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayDomainDetailRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetGatewayDomainDetailRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

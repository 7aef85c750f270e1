//! DeleteGatewayDomain.

use super::DeletedDomain;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a domain that no route uses.
    ///
    /// Source: MSE API reference 2019-05-31, DeleteGatewayDomain.
    DeleteGatewayDomain {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: DeleteGatewayDomainRequest,
        response: DeletedDomain,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["Id"],
    }
}

/// What [`DeleteGatewayDomain`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteGatewayDomainRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The number.
    pub id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for DeleteGatewayDomainRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! DeleteServiceSource.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a source that no service comes from.
    ///
    /// Source: MSE API reference 2019-05-31, DeleteServiceSource.
    DeleteServiceSource {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: DeleteServiceSourceRequest,
        response: Empty,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["SourceId"],
    }
}

/// What [`DeleteServiceSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteServiceSourceRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The source's number.
    pub source_id: i64,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for DeleteServiceSourceRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! DeleteGatewayServiceVersion.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a version from a service.
    ///
    /// Source: MSE API reference 2019-05-31, DeleteGatewayServiceVersion.
    DeleteGatewayServiceVersion {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: DeleteGatewayServiceVersionRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["ServiceId", "ServiceVersion"],
    }
}

/// What [`DeleteGatewayServiceVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteGatewayServiceVersionRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The service's number.
    pub service_id: i64,
    /// The version's name.
    pub service_version: String,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for DeleteGatewayServiceVersionRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

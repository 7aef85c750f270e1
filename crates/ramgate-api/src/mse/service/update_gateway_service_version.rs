//! UpdateGatewayServiceVersion.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the labels of a version.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayServiceVersion.
    UpdateGatewayServiceVersion {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayServiceVersionRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["ServiceId", "ServiceVersion"],
    }
}

/// What [`UpdateGatewayServiceVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayServiceVersionRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The service's number.
    pub service_id: i64,
    /// The version, JSON text: `{"name":"v1","labels":[{"key":"version","value":"v1"}]}`.
    pub service_version: String,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for UpdateGatewayServiceVersionRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! AddGatewayServiceVersion.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Adds a version to a service: the endpoints that carry certain labels.
    ///
    /// Source: MSE API reference 2019-05-31, AddGatewayServiceVersion.
    AddGatewayServiceVersion {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddGatewayServiceVersionRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["ServiceId", "ServiceVersion"],
    }
}

/// What [`AddGatewayServiceVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddGatewayServiceVersionRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The service's number.
    pub service_id: i64,
    /// The version, JSON text: `{"name":"v1","labels":[{"key":"version","value":"v1"}]}`.
    pub service_version: String,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for AddGatewayServiceVersionRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

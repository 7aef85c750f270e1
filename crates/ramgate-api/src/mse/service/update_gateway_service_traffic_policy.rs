//! UpdateGatewayServiceTrafficPolicy.

use super::TrafficPolicy;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes how a service balances its load and speaks TLS.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayServiceTrafficPolicy.
    UpdateGatewayServiceTrafficPolicy {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayServiceTrafficPolicyRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["ServiceId", "GatewayTrafficPolicy"],
    }
}

/// What [`UpdateGatewayServiceTrafficPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayServiceTrafficPolicyRequest {
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// How it gets its traffic.
    pub gateway_traffic_policy: TrafficPolicy,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The service's number.
    pub service_id: i64,
}

impl Validate for UpdateGatewayServiceTrafficPolicyRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

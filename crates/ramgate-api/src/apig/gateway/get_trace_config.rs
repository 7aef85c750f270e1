//! GetTraceConfig.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns how a gateway reports traces.
    ///
    /// Source: APIG API reference 2024-03-27, GetTraceConfig.
    GetTraceConfig {
        product: APIG,
        bind: (GET "/v1/gateways/{gatewayId}/trace"),
        access: Get,
        resource: (ALL or (GATEWAY, gateway_id)),
        conditions: [],
        request: GetTraceConfigRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND],
    }
}

/// What [`GetTraceConfig`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetTraceConfigRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// `zh` or `en`.
    pub accept_language: Option<String>,
}

impl Validate for GetTraceConfigRequest {}

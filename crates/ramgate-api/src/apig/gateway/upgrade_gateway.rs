//! UpgradeGateway.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Upgrades a gateway to a newer version.
    ///
    /// Source: APIG API reference 2024-03-27, UpgradeGateway.
    UpgradeGateway {
        product: APIG,
        bind: (POST "/v1/gateways/{gatewayId}/upgrade"),
        access: None,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: UpgradeGatewayRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND, errors::GATEWAY_STATUS_INVALID],
        query: ["version"],
    }
}

/// What [`UpgradeGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpgradeGatewayRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// The version wanted; the newest where absent.
    pub version: Option<String>,
}

impl Validate for UpgradeGatewayRequest {}

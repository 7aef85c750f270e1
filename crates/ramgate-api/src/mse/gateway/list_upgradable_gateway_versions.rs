//! ListUpgradableGatewayVersions.

use crate::mse::{MSE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the versions that a gateway can be upgraded to.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    ListUpgradableGatewayVersions {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: ListUpgradableGatewayVersionsRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`ListUpgradableGatewayVersions`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListUpgradableGatewayVersionsRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
}

impl Validate for ListUpgradableGatewayVersionsRequest {}

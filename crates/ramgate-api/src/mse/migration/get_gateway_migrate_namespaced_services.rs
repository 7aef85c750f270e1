//! GetGatewayMigrateNamespacedServices.

use crate::mse::{MSE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the services of a cluster that is to be migrated.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetGatewayMigrateNamespacedServices {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetGatewayMigrateNamespacedServicesRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["ClusterId"],
    }
}

/// What [`GetGatewayMigrateNamespacedServices`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayMigrateNamespacedServicesRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The cluster.
    pub cluster_id: String,
}

impl Validate for GetGatewayMigrateNamespacedServicesRequest {}

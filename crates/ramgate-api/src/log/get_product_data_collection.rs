//! GetProductDataCollection.

use crate::log::LOG;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells whether and where the logs of an instance are collected.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the log service.
    GetProductDataCollection {
        product: LOG,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetProductDataCollectionRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`GetProductDataCollection`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetProductDataCollectionRequest {
    /// The region.
    pub region_id: Option<String>,
    /// The product whose logs are collected, such as `mse`.
    pub app_type: Option<String>,
    /// The instance whose logs are collected, such as a gateway id.
    pub instance_id: Option<String>,
    /// The kind of log, such as `access_log`.
    pub data_type: Option<String>,
}

impl Validate for GetProductDataCollectionRequest {}

//! OpenProductDataCollection.

use crate::log::LOG;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Opens the collection of the logs of an instance.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the log service.
    OpenProductDataCollection {
        product: LOG,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: OpenProductDataCollectionRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppType", "InstanceId"],
    }
}

/// What [`OpenProductDataCollection`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct OpenProductDataCollectionRequest {
    /// The region.
    pub region_id: Option<String>,
    /// The product whose logs are collected, such as `mse`.
    pub app_type: String,
    /// The instance whose logs are collected, such as a gateway id.
    pub instance_id: String,
    /// The kind of log, such as `access_log`.
    pub data_type: Option<String>,
    /// The log project.
    pub project: Option<String>,
    /// The log store.
    pub logstore: Option<String>,
}

impl Validate for OpenProductDataCollectionRequest {}

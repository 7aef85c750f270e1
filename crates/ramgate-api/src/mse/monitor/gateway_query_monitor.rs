//! GatewayQueryMonitor.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one figure of a gateway over time.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GatewayQueryMonitor {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GatewayQueryMonitorRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["MonitorType"],
    }
}

/// What [`GatewayQueryMonitor`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GatewayQueryMonitorRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The figure, such as `qps`.
    pub monitor_type: String,
    /// The begin, milliseconds since the epoch.
    pub start_time: Option<i64>,
    /// The end, milliseconds since the epoch.
    pub end_time: Option<i64>,
    /// Seconds between two values.
    pub step: Option<i32>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GatewayQueryMonitorRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

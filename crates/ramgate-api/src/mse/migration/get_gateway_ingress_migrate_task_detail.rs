//! GetGatewayIngressMigrateTaskDetail.

use crate::mse::{MSE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one task with the outcome for each Ingress object.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetGatewayIngressMigrateTaskDetail {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetGatewayIngressMigrateTaskDetailRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["TaskId"],
    }
}

/// What [`GetGatewayIngressMigrateTaskDetail`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayIngressMigrateTaskDetailRequest {
    /// The task.
    pub task_id: i64,
}

impl Validate for GetGatewayIngressMigrateTaskDetailRequest {}

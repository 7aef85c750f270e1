//! QueryDefaultAlertStatus.

use crate::mse::MSE;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells whether the default alert rules exist.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    QueryDefaultAlertStatus {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: QueryDefaultAlertStatusRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct QueryDefaultAlertStatusRequest {}

impl Validate for QueryDefaultAlertStatusRequest {}

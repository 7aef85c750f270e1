//! CreateDefaultAlert.

use crate::mse::MSE;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes the default alert rules. A second call changes nothing.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    CreateDefaultAlert {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: ALL,
        conditions: [],
        request: CreateDefaultAlertRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`CreateDefaultAlert`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateDefaultAlertRequest {
    /// Who is told, by contact group.
    pub contact_group_ids: Option<String>,
}

impl Validate for CreateDefaultAlertRequest {}

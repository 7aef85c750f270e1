//! GetEventDetail.

use crate::mse::{MSE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one event in full.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetEventDetail {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetEventDetailRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["EventId"],
    }
}

/// What [`GetEventDetail`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetEventDetailRequest {
    /// The event.
    pub event_id: String,
}

impl Validate for GetEventDetailRequest {}

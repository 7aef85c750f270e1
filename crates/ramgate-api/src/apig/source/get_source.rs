//! GetSource.

use crate::apig::{APIG, GATEWAY_ID, SOURCE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one source.
    ///
    /// Source: APIG API reference 2024-03-27, GetSource.
    GetSource {
        product: APIG,
        bind: (GET "/v1/sources/{sourceId}"),
        access: Get,
        resource: (ALL or (SOURCE, source_id)),
        conditions: [GATEWAY_ID],
        request: GetSourceRequest,
        response: Unbuilt,
        errors: [errors::SOURCE_NOT_FOUND],
    }
}

/// What [`GetSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetSourceRequest {
    /// The source's id.
    pub source_id: String,
}

impl Validate for GetSourceRequest {}

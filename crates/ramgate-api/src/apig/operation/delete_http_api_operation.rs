//! DeleteHttpApiOperation.

use crate::apig::{APIG, HTTP_API, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an operation from an HTTP API.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteHttpApiOperation.
    DeleteHttpApiOperation {
        product: APIG,
        bind: (DELETE "/v1/http-apis/{httpApiId}/operations/{operationId}"),
        access: Delete,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: DeleteHttpApiOperationRequest,
        response: Unbuilt,
        errors: [errors::HTTP_API_NOT_FOUND, errors::OPERATION_NOT_FOUND],
    }
}

/// What [`DeleteHttpApiOperation`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteHttpApiOperationRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The operation's id.
    pub operation_id: String,
}

impl Validate for DeleteHttpApiOperationRequest {}

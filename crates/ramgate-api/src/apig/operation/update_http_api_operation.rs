//! UpdateHttpApiOperation.

use super::HttpApiOperation;
use crate::apig::{APIG, HTTP_API, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Replaces an operation of an HTTP API.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateHttpApiOperation.
    UpdateHttpApiOperation {
        product: APIG,
        bind: (POST "/v1/http-apis/{httpApiId}/operations/{operationId}"),
        access: Update,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: UpdateHttpApiOperationRequest,
        response: Unbuilt,
        errors: [errors::HTTP_API_NOT_FOUND, errors::OPERATION_NOT_FOUND],
        required: ["operation"],
    }
}

/// What [`UpdateHttpApiOperation`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateHttpApiOperationRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The operation's id.
    pub operation_id: String,
    /// The operation.
    pub operation: HttpApiOperation,
}

impl Validate for UpdateHttpApiOperationRequest {}

//! CreateHttpApiOperation.

use super::HttpApiOperation;
use crate::apig::{APIG, HTTP_API, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Adds operations to an HTTP API of type Rest.
    ///
    /// Source: APIG API reference 2024-03-27, CreateHttpApiOperation.
    CreateHttpApiOperation {
        product: APIG,
        bind: (POST "/v1/http-apis/{httpApiId}/operations"),
        access: Create,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: CreateHttpApiOperationRequest,
        response: Unbuilt,
        errors: [errors::HTTP_API_NOT_FOUND, errors::OPERATION_DUPLICATE],
        required: ["operations"],
    }
}

/// What [`CreateHttpApiOperation`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateHttpApiOperationRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The operations.
    pub operations: Vec<HttpApiOperation>,
}

impl Validate for CreateHttpApiOperationRequest {}

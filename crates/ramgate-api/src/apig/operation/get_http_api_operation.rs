//! GetHttpApiOperation.

use crate::apig::{APIG, HTTP_API, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one operation of an HTTP API.
    ///
    /// Source: APIG API reference 2024-03-27, GetHttpApiOperation.
    GetHttpApiOperation {
        product: APIG,
        bind: (GET "/v1/http-apis/{httpApiId}/operations/{operationId}"),
        access: Get,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: GetHttpApiOperationRequest,
        response: Unbuilt,
        errors: [errors::HTTP_API_NOT_FOUND, errors::OPERATION_NOT_FOUND],
    }
}

/// What [`GetHttpApiOperation`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetHttpApiOperationRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The operation's id.
    pub operation_id: String,
}

impl Validate for GetHttpApiOperationRequest {}

//! DeleteHttpApi.

use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an HTTP API that is deployed nowhere, with its routes and operations.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteHttpApi.
    DeleteHttpApi {
        product: APIG,
        bind: (DELETE "/v1/http-apis/{httpApiId}"),
        access: Delete,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: DeleteHttpApiRequest,
        response: Empty,
        errors: [errors::HTTP_API_NOT_FOUND, errors::HTTP_API_DEPLOYED],
    }
}

/// What [`DeleteHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteHttpApiRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
    /// Whether to check only and change nothing.
    pub dry_run: Option<bool>,
}

impl Validate for DeleteHttpApiRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::client_token(checker, self.client_token.as_deref());
    }
}

//! GetHttpApi.

use super::HttpApi;
use crate::apig::{APIG, HTTP_API, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one HTTP API with where it is deployed.
    ///
    /// Source: APIG API reference 2024-03-27, GetHttpApi.
    GetHttpApi {
        product: APIG,
        bind: (GET "/v1/http-apis/{httpApiId}"),
        access: Get,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: GetHttpApiRequest,
        response: HttpApi,
        errors: [errors::HTTP_API_NOT_FOUND],
    }
}

/// What [`GetHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetHttpApiRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// Whether to answer the policies in full.
    pub expand_policy_configs: Option<bool>,
}

impl Validate for GetHttpApiRequest {}

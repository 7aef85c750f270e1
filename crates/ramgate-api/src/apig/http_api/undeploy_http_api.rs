//! UndeployHttpApi.

use crate::apig::{APIG, HTTP_API, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes an HTTP API or one of its routes out of traffic.
    ///
    /// Source: APIG API reference 2024-03-27, UndeployHttpApi.
    UndeployHttpApi {
        product: APIG,
        bind: (POST "/v1/http-apis/{httpApiId}/undeploy"),
        access: None,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: UndeployHttpApiRequest,
        response: Empty,
        errors: [
            errors::HTTP_API_NOT_FOUND,
            errors::ROUTE_NOT_FOUND,
            errors::ENVIRONMENT_NOT_FOUND,
            errors::GATEWAY_NOT_FOUND,
        ],
    }
}

/// What [`UndeployHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UndeployHttpApiRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The operation's id.
    pub operation_id: Option<String>,
    /// The route's id.
    pub route_id: Option<String>,
}

impl Validate for UndeployHttpApiRequest {}

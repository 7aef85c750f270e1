//! DeployHttpApi.

use super::{RestDeployment, RouteDeployment};
use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Brings an HTTP API or one of its routes into traffic.
    ///
    /// Source: APIG API reference 2024-03-27, DeployHttpApi.
    DeployHttpApi {
        product: APIG,
        bind: (POST "/v1/http-apis/{httpApiId}/deploy"),
        access: None,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: DeployHttpApiRequest,
        response: DeployHttpApiResponse,
        errors: [
            errors::HTTP_API_NOT_FOUND,
            errors::ROUTE_NOT_FOUND,
            errors::ENVIRONMENT_NOT_FOUND,
            errors::GATEWAY_NOT_FOUND,
        ],
    }
}

/// What [`DeployHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeployHttpApiRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// Routes, in the older form.
    pub http_api_config: Option<RouteDeployment>,
    /// For type Rest.
    pub rest_api_config: Option<RestDeployment>,
    /// The route, for every type but Rest.
    pub route_id: Option<String>,
}

impl Validate for DeployHttpApiRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::rest_deployment(checker, self.rest_api_config.as_ref());
    }
}

/// What [`DeployHttpApi`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeployHttpApiResponse {
    /// The HTTP API's id.
    pub http_api_id: String,
}

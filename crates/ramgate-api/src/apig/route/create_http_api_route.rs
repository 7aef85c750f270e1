//! CreateHttpApiRoute.

use super::{Backend, HttpRouteMatch, McpRouteConfig};
use crate::apig::DeployConfig;
use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

operation! {
    /// Adds a route to an HTTP API. It takes no traffic before it is deployed.
    ///
    /// Source: APIG API reference 2024-03-27, CreateHttpApiRoute.
    CreateHttpApiRoute {
        product: APIG,
        bind: (POST "/v1/http-apis/{httpApiId}/routes"),
        access: None,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: CreateHttpApiRouteRequest,
        response: CreateHttpApiRouteResponse,
        errors: [
            errors::HTTP_API_NOT_FOUND,
            errors::ROUTE_NAME_DUPLICATE,
            errors::ENVIRONMENT_NOT_FOUND,
            errors::DOMAIN_NOT_FOUND,
            errors::SERVICE_NOT_FOUND,
        ],
        required: ["name"],
    }
}

/// What [`CreateHttpApiRoute`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateHttpApiRouteRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// Where traffic goes.
    pub backend_config: Option<Backend>,
    /// How it is deployed, one for each environment.
    pub deploy_configs: Vec<DeployConfig>,
    /// Free text.
    pub description: Option<String>,
    /// Domains by id.
    pub domain_ids: Vec<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// What a request must be like.
    #[serde(rename = "match")]
    pub matches: Option<HttpRouteMatch>,
    /// For APIs of type `MCP`.
    pub mcp_route_config: Option<McpRouteConfig>,
    /// Unique in the HTTP API.
    pub name: String,
    /// Policies given along. Kept as given.
    pub policy_configs: Vec<Value>,
}

impl Validate for CreateHttpApiRouteRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::route_match(checker, "match", self.matches.as_ref());
        checks::backend(checker, "backendConfig", self.backend_config.as_ref());
    }
}

/// What [`CreateHttpApiRoute`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateHttpApiRouteResponse {
    /// The route's id.
    pub route_id: String,
}

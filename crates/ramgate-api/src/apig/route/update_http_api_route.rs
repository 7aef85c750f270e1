//! UpdateHttpApiRoute.

use super::{Backend, HttpRouteMatch, McpRouteConfig};
use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

operation! {
    /// Changes a route. A deployed route changes at once.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateHttpApiRoute.
    UpdateHttpApiRoute {
        product: APIG,
        bind: (PUT "/v1/http-apis/{httpApiId}/routes/{routeId}"),
        access: None,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: UpdateHttpApiRouteRequest,
        response: Empty,
        errors: [
            errors::HTTP_API_NOT_FOUND,
            errors::ROUTE_NOT_FOUND,
            errors::ENVIRONMENT_NOT_FOUND,
            errors::DOMAIN_NOT_FOUND,
            errors::SERVICE_NOT_FOUND,
        ],
    }
}

/// What [`UpdateHttpApiRoute`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateHttpApiRouteRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The route's id.
    pub route_id: String,
    /// Where traffic goes.
    pub backend_config: Option<Backend>,
    /// Free text.
    pub description: Option<String>,
    /// Domains by id.
    pub domain_ids: Option<Vec<String>>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// What a request must be like.
    #[serde(rename = "match")]
    pub matches: Option<HttpRouteMatch>,
    /// For APIs of type `MCP`.
    pub mcp_route_config: Option<McpRouteConfig>,
    /// Policies given along. Kept as given.
    pub policy_configs: Option<Vec<Value>>,
}

impl Validate for UpdateHttpApiRouteRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::route_match(checker, "match", self.matches.as_ref());
        checks::backend(checker, "backendConfig", self.backend_config.as_ref());
    }
}

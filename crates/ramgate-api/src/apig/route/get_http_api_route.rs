//! GetHttpApiRoute.

use super::HttpRoute;
use crate::apig::{APIG, HTTP_API, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one route with its state of deployment.
    ///
    /// Source: APIG API reference 2024-03-27, GetHttpApiRoute.
    GetHttpApiRoute {
        product: APIG,
        bind: (GET "/v1/http-apis/{httpApiId}/routes/{routeId}"),
        access: None,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: GetHttpApiRouteRequest,
        response: HttpRoute,
        errors: [errors::HTTP_API_NOT_FOUND, errors::ROUTE_NOT_FOUND],
    }
}

/// What [`GetHttpApiRoute`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetHttpApiRouteRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The route's id.
    pub route_id: String,
}

impl Validate for GetHttpApiRouteRequest {}

//! DeleteHttpApiRoute.

use crate::apig::{APIG, HTTP_API, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a route.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteHttpApiRoute.
    DeleteHttpApiRoute {
        product: APIG,
        bind: (DELETE "/v1/http-apis/{httpApiId}/routes/{routeId}"),
        access: None,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: DeleteHttpApiRouteRequest,
        response: Empty,
        errors: [errors::HTTP_API_NOT_FOUND, errors::ROUTE_NOT_FOUND, errors::ROUTE_DEPLOYED],
    }
}

/// What [`DeleteHttpApiRoute`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteHttpApiRouteRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The route's id.
    pub route_id: String,
}

impl Validate for DeleteHttpApiRouteRequest {}

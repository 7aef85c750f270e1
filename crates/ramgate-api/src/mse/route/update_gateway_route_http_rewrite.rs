//! UpdateGatewayRouteHTTPRewrite.

use super::HttpRewrite;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes how a route rewrites path and host.
    ///
    /// Source: MSE API reference 2019-05-31, UpdateGatewayRouteHTTPRewrite.
    UpdateGatewayRouteHTTPRewrite {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateGatewayRouteHTTPRewriteRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id", "HttpRewriteJSON"],
    }
}

/// What [`UpdateGatewayRouteHTTPRewrite`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGatewayRouteHTTPRewriteRequest {
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The policy.
    #[serde(rename = "HttpRewriteJSON", alias = "HttpRewrite")]
    pub http_rewrite: HttpRewrite,
    /// The number.
    pub id: i64,
}

impl Validate for UpdateGatewayRouteHTTPRewriteRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! UpdateRateLimit.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes, switches off or removes a rate limit.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    UpdateRateLimit {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UpdateRateLimitRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["Id"],
    }
}

/// What [`UpdateRateLimit`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateRateLimitRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The route's number.
    pub route_id: Option<i64>,
    /// The route's name.
    pub route_name: Option<String>,
    /// 0 for the whole gateway.
    pub limit_mode: Option<i32>,
    /// Requests a second over the whole gateway.
    pub threshold: Option<i32>,
    /// The window in milliseconds.
    pub stat_duration_ms: Option<i32>,
    /// 0 answers content, 1 redirects.
    pub behavior_type: Option<i32>,
    /// The status of a refusal; 429 where absent.
    pub response_status_code: Option<i32>,
    /// 0 text, 1 JSON.
    pub body_encoding: Option<i32>,
    /// The body of a refusal.
    pub response_content_body: Option<String>,
    /// Where a refusal redirects to.
    pub response_redirect_url: Option<String>,
    /// 1 on, 0 off.
    pub enable: Option<i32>,
    /// The number.
    pub id: i64,
    /// `deleted` removes the rule.
    pub status: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for UpdateRateLimitRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

//! CreateConsumerAuthorizationRule.

use super::AuthorizationResourceInfo;
use crate::apig::{APIG, CONSUMER, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lets a consumer call resources.
    ///
    /// Source: APIG API reference 2024-03-27, CreateConsumerAuthorizationRule.
    CreateConsumerAuthorizationRule {
        product: APIG,
        bind: (POST "/v1/consumers/{consumerId}/authorization-rules"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: CreateConsumerAuthorizationRuleRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND, errors::CONSUMER_AUTHORIZATION_FORBIDDEN],
        required: ["resourceType"],
    }
}

/// What [`CreateConsumerAuthorizationRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateConsumerAuthorizationRuleRequest {
    /// The consumer's id.
    pub consumer_id: String,
    /// The resources.
    pub authorization_resource_infos: Vec<AuthorizationResourceInfo>,
    /// `LongTerm`, or `ShortTerm` with `expireTimestamp`.
    pub expire_mode: Option<String>,
    /// The end, milliseconds since the epoch.
    pub expire_timestamp: Option<i64>,
    /// The type of the parent.
    pub parent_resource_type: Option<String>,
    /// The type of the resource.
    pub resource_type: String,
}

impl Validate for CreateConsumerAuthorizationRuleRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("expireMode", self.expire_mode.as_deref(), &["LongTerm", "ShortTerm"]);
    }
}

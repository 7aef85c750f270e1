//! GetConsumerAuthorizationRule.

use crate::apig::{APIG, CONSUMER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one rule of a consumer.
    ///
    /// Source: APIG API reference 2024-03-27, GetConsumerAuthorizationRule.
    GetConsumerAuthorizationRule {
        product: APIG,
        bind: (GET "/v1/consumers/{consumerId}/authorization-rules/{consumerAuthorizationRuleId}"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: GetConsumerAuthorizationRuleRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND, errors::CONSUMER_AUTHORIZATION_RULE_NOT_FOUND],
    }
}

/// What [`GetConsumerAuthorizationRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetConsumerAuthorizationRuleRequest {
    /// The consumer's id.
    pub consumer_id: String,
    /// The rule's id.
    pub consumer_authorization_rule_id: String,
}

impl Validate for GetConsumerAuthorizationRuleRequest {}

//! DeleteConsumerAuthorizationRule.

use crate::apig::{APIG, CONSUMER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a rule of a consumer.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteConsumerAuthorizationRule.
    DeleteConsumerAuthorizationRule {
        product: APIG,
        bind: (DELETE "/v1/consumers/{consumerId}/authorization-rules/{consumerAuthorizationRuleId}"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: DeleteConsumerAuthorizationRuleRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND, errors::CONSUMER_AUTHORIZATION_RULE_NOT_FOUND],
    }
}

/// What [`DeleteConsumerAuthorizationRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteConsumerAuthorizationRuleRequest {
    /// The consumer's id.
    pub consumer_id: String,
    /// The rule's id.
    pub consumer_authorization_rule_id: String,
}

impl Validate for DeleteConsumerAuthorizationRuleRequest {}

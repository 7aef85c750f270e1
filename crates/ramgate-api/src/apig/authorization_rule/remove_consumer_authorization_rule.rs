//! RemoveConsumerAuthorizationRule.

use crate::apig::{APIG, CONSUMER_AUTHORIZATION_RULE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a rule, whoever it is for.
    ///
    /// Source: APIG API reference 2024-03-27, RemoveConsumerAuthorizationRule.
    RemoveConsumerAuthorizationRule {
        product: APIG,
        bind: (DELETE "/v1/authorization-rules/{consumerAuthorizationRuleId}"),
        access: None,
        resource: (ALL or (CONSUMER_AUTHORIZATION_RULE, consumer_authorization_rule_id)),
        conditions: [],
        request: RemoveConsumerAuthorizationRuleRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_AUTHORIZATION_RULE_NOT_FOUND],
    }
}

/// What [`RemoveConsumerAuthorizationRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RemoveConsumerAuthorizationRuleRequest {
    /// The rule's id.
    pub consumer_authorization_rule_id: String,
}

impl Validate for RemoveConsumerAuthorizationRuleRequest {}

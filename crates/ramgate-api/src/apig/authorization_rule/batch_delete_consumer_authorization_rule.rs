//! BatchDeleteConsumerAuthorizationRule.

use crate::apig::{APIG, CONSUMER_AUTHORIZATION_RULE, errors, targets};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes several rules.
    ///
    /// Source: APIG API reference 2024-03-27, BatchDeleteConsumerAuthorizationRule.
    BatchDeleteConsumerAuthorizationRule {
        product: APIG,
        bind: (DELETE "/v1/authorization-rules"),
        access: None,
        resource: (ALL or (CONSUMER_AUTHORIZATION_RULE, consumer_authorization_rule_ids by targets::rules)),
        conditions: [],
        request: BatchDeleteConsumerAuthorizationRuleRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_AUTHORIZATION_RULE_NOT_FOUND],
        required: ["consumerAuthorizationRuleIds"],
    }
}

/// What [`BatchDeleteConsumerAuthorizationRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct BatchDeleteConsumerAuthorizationRuleRequest {
    /// Ids of rules, joined by commas.
    pub consumer_authorization_rule_ids: String,
}

impl Validate for BatchDeleteConsumerAuthorizationRuleRequest {}

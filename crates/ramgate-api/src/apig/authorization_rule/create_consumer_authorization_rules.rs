//! CreateConsumerAuthorizationRules.

use super::NewAuthorizationRule;
use crate::apig::{APIG, CONSUMER_AUTHORIZATION_RULE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lets consumers call resources, several at a time.
    ///
    /// Source: APIG API reference 2024-03-27, CreateConsumerAuthorizationRules.
    CreateConsumerAuthorizationRules {
        product: APIG,
        bind: (POST "/v1/authorization-rules"),
        access: None,
        resource: (ALL or (CONSUMER_AUTHORIZATION_RULE, *)),
        conditions: [],
        request: CreateConsumerAuthorizationRulesRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND, errors::CONSUMER_AUTHORIZATION_FORBIDDEN],
        required: ["authorizationRules"],
    }
}

/// What [`CreateConsumerAuthorizationRules`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateConsumerAuthorizationRulesRequest {
    /// The rules.
    pub authorization_rules: Vec<NewAuthorizationRule>,
}

impl Validate for CreateConsumerAuthorizationRulesRequest {}

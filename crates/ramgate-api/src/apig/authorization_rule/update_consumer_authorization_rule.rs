//! UpdateConsumerAuthorizationRule.

use super::AuthorizationResourceInfo;
use crate::apig::{APIG, CONSUMER, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes what a rule of a consumer allows and for how long.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateConsumerAuthorizationRule.
    UpdateConsumerAuthorizationRule {
        product: APIG,
        bind: (PUT "/v1/consumers/{consumerId}/authorization-rules/{consumerAuthorizationRuleId}"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: UpdateConsumerAuthorizationRuleRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND, errors::CONSUMER_AUTHORIZATION_RULE_NOT_FOUND],
    }
}

/// What [`UpdateConsumerAuthorizationRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateConsumerAuthorizationRuleRequest {
    /// The consumer's id.
    pub consumer_id: String,
    /// The rule's id.
    pub consumer_authorization_rule_id: String,
    /// The resources.
    pub authorization_resource_infos: Option<Vec<AuthorizationResourceInfo>>,
    /// `LongTerm`, or `ShortTerm` with `expireTimestamp`.
    pub expire_mode: Option<String>,
    /// The end, milliseconds since the epoch.
    pub expire_timestamp: Option<i64>,
}

impl Validate for UpdateConsumerAuthorizationRuleRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("expireMode", self.expire_mode.as_deref(), &["LongTerm", "ShortTerm"]);
    }
}

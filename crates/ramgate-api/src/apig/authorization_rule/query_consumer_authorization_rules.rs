//! QueryConsumerAuthorizationRules.

use crate::apig::{APIG, CONSUMER_AUTHORIZATION_RULE, checks, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists rules by resource or by consumer, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, QueryConsumerAuthorizationRules.
    QueryConsumerAuthorizationRules {
        product: APIG,
        bind: (GET "/v1/authorization-rules"),
        access: None,
        resource: (ALL or (CONSUMER_AUTHORIZATION_RULE, *)),
        conditions: [],
        request: QueryConsumerAuthorizationRulesRequest,
        response: Unbuilt,
        errors: [errors::BOTH_EMPTY],
    }
}

/// What [`QueryConsumerAuthorizationRules`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct QueryConsumerAuthorizationRulesRequest {
    /// Part of the HTTP API's name.
    pub api_name_like: Option<String>,
    /// The consumer group's id.
    pub consumer_group_id: Option<String>,
    /// Part of the consumer group's name.
    pub consumer_group_name_like: Option<String>,
    /// The consumer's id.
    pub consumer_id: Option<String>,
    /// Part of the consumer's name.
    pub consumer_name_like: Option<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// Whether to group by HTTP API.
    pub group_by_api: Option<bool>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// The HTTP API that the resource belongs to.
    pub parent_resource_id: Option<String>,
    /// `Consumer` or `ConsumerGroup`.
    pub principal_type: Option<String>,
    /// The id of the resource.
    pub resource_id: Option<String>,
    /// The type of the resource.
    pub resource_type: Option<String>,
    /// Types, joined by commas.
    pub resource_types: Option<String>,
}

impl Validate for QueryConsumerAuthorizationRulesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
        checker.one_of("principalType", self.principal_type.as_deref(), &["Consumer", "ConsumerGroup"]);
        let named = [&self.resource_id, &self.parent_resource_id, &self.consumer_id, &self.consumer_group_id];
        if named.iter().all(|id| id.is_none()) {
            checker.problem_as(
                &errors::BOTH_EMPTY,
                "One of resourceId, parentResourceId, consumerId and consumerGroupId is needed.",
            );
        }
    }
}

//! ListConsumerAuthorizationRules.

use crate::apig::{APIG, CONSUMER, checks, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the rules of a consumer, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListConsumerAuthorizationRules.
    ListConsumerAuthorizationRules {
        product: APIG,
        bind: (GET "/v1/consumers/{consumerId}/authorization-rules"),
        access: None,
        resource: (CONSUMER, consumer_id),
        conditions: [],
        request: ListConsumerAuthorizationRulesRequest,
        response: Unbuilt,
        errors: [errors::CONSUMER_NOT_FOUND],
    }
}

/// What [`ListConsumerAuthorizationRules`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListConsumerAuthorizationRulesRequest {
    /// The consumer's id.
    pub consumer_id: String,
    /// Part of the HTTP API's name.
    pub api_name_like: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListConsumerAuthorizationRulesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

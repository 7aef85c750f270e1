//! ListConsumers.

use crate::apig::{APIG, CONSUMER, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists consumers, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListConsumers.
    ListConsumers {
        product: APIG,
        bind: (GET "/v1/consumers"),
        access: List,
        resource: (ALL or (CONSUMER, *)),
        conditions: [],
        request: ListConsumersRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListConsumers`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListConsumersRequest {
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// Part of the name.
    pub name_like: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListConsumersRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("gatewayType", self.gateway_type.as_deref(), &["AI", "API"]);
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

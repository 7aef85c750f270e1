//! ListGateway.

use super::{Gateway, GatewayFilter};
use crate::mse::{MSE, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists gateways, page by page.
    ///
    /// Source: MSE API reference 2019-05-31, ListGateway.
    ListGateway {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: ListGatewayRequest,
        response: ListGatewayResponse,
        errors: [],
    }
}

/// What [`ListGateway`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGatewayRequest {
    /// `zh`, `en` or `ja`: the language of texts in the answer.
    pub accept_language: Option<String>,
    /// Whether the order is turned round.
    pub desc_sort: Option<bool>,
    /// Which gateways.
    pub filter_params: Option<GatewayFilter>,
    /// What to order by. Not for public use; unknown names are passed over.
    pub order_item: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListGatewayRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

/// What [`ListGateway`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListGatewayResponse {
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 10 where absent.
    pub page_size: i32,
    /// This page.
    pub result: Vec<Gateway>,
    /// How many there are on all pages.
    pub total_size: i64,
}

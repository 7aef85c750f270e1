//! ListGatewayAuth.

use super::GatewayAuthFilter;
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the ways in which callers prove who they are, page by page.
    ///
    /// Source: MSE API reference 2019-05-31, ListGatewayAuth.
    ListGatewayAuth {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, filter_params by naming::instance),
        conditions: [],
        request: ListGatewayAuthRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`ListGatewayAuth`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGatewayAuthRequest {
    /// Whether the order is turned round.
    pub desc_sort: Option<bool>,
    /// The gateway and what to list of it.
    pub filter_params: Option<GatewayAuthFilter>,
    /// What to order by. Not for public use; unknown names are passed over.
    pub order_item: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListGatewayAuthRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
        naming::check(checker, self);
    }
}

//! GatewayBlackWhiteList.

use super::BlackWhiteListFilter;
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the lists of addresses, page by page.
    ///
    /// Source: MSE API reference 2019-05-31, GatewayBlackWhiteList.
    GatewayBlackWhiteList {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, filter_params by naming::instance),
        conditions: [],
        request: GatewayBlackWhiteListRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`GatewayBlackWhiteList`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GatewayBlackWhiteListRequest {
    /// Whether the order is turned round.
    pub desc_sort: Option<bool>,
    /// The gateway and what to list of it.
    pub filter_params: Option<BlackWhiteListFilter>,
    /// What to order by. Not for public use; unknown names are passed over.
    pub order_item: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for GatewayBlackWhiteListRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
        naming::check(checker, self);
    }
}

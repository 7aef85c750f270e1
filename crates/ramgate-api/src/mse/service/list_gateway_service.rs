//! ListGatewayService.

use super::{ServiceFilter, ServiceSummary};
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the services of a gateway, page by page.
    ///
    /// Source: MSE API reference 2019-05-31, ListGatewayService.
    ListGatewayService {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, filter_params by naming::instance),
        conditions: [],
        request: ListGatewayServiceRequest,
        response: ListGatewayServiceResponse,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`ListGatewayService`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListGatewayServiceRequest {
    /// Whether the order is turned round.
    pub desc_sort: Option<bool>,
    /// The gateway and what to list of it.
    pub filter_params: Option<ServiceFilter>,
    /// What to order by. Not for public use; unknown names are passed over.
    pub order_item: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListGatewayServiceRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
        naming::check(checker, self);
    }
}

/// What [`ListGatewayService`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListGatewayServiceResponse {
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 10 where absent.
    pub page_size: i32,
    /// This page.
    pub result: Vec<ServiceSummary>,
    /// How many there are on all pages.
    pub total_size: i64,
}

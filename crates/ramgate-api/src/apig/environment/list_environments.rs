//! ListEnvironments.

use super::Environment;
use crate::apig::{APIG, ENVIRONMENT, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists environments, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListEnvironments.
    ListEnvironments {
        product: APIG,
        bind: (GET "/v1/environments"),
        access: List,
        resource: (ENVIRONMENT, *),
        conditions: [],
        request: ListEnvironmentsRequest,
        response: ListEnvironmentsResponse,
        errors: [],
    }
}

/// What [`ListEnvironments`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListEnvironmentsRequest {
    /// Part of the name shown.
    pub alias_like: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// Part of the gateway's name.
    pub gateway_name_like: Option<String>,
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// Part of the name.
    pub name_like: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// The resource group.
    pub resource_group_id: Option<String>,
}

impl Validate for ListEnvironmentsRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

/// What [`ListEnvironments`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListEnvironmentsResponse {
    /// This page.
    pub items: Vec<Environment>,
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 1–100; 10 where absent.
    pub page_size: i32,
    /// How many there are on all pages.
    pub total_size: i64,
}

//! ListGateways.

use super::{Gateway, Tag};
use crate::apig::{APIG, GATEWAY, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists gateways, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListGateways.
    ListGateways {
        product: APIG,
        bind: (GET "/v1/gateways"),
        access: List,
        resource: (GATEWAY, *),
        conditions: [],
        request: ListGatewaysRequest,
        response: ListGatewaysResponse,
        errors: [],
    }
}

/// What [`ListGateways`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListGatewaysRequest {
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// Part of the name or id.
    pub keyword: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// Only what has all of these tags.
    pub tag: Vec<Tag>,
    /// The virtual network's id. Informational.
    pub vpc_id: Option<String>,
}

impl Validate for ListGatewaysRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

/// What [`ListGateways`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListGatewaysResponse {
    /// This page.
    pub items: Vec<Gateway>,
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 1–100; 10 where absent.
    pub page_size: i32,
    /// How many there are on all pages.
    pub total_size: i64,
}

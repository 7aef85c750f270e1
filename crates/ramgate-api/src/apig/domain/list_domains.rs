//! ListDomains.

use super::DomainSummary;
use crate::apig::{APIG, DOMAIN, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists domains, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListDomains.
    ListDomains {
        product: APIG,
        bind: (GET "/v1/domains"),
        access: None,
        resource: (DOMAIN, *),
        conditions: [],
        request: ListDomainsRequest,
        response: ListDomainsResponse,
        errors: [],
    }
}

/// What [`ListDomains`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListDomainsRequest {
    /// `Dedicated` or `Serverless`.
    pub domain_scope: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
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

impl Validate for ListDomainsRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("gatewayType", self.gateway_type.as_deref(), &["AI", "API"]);
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

/// What [`ListDomains`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListDomainsResponse {
    /// This page.
    pub items: Vec<DomainSummary>,
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 1–100; 10 where absent.
    pub page_size: i32,
    /// How many there are on all pages.
    pub total_size: i64,
}

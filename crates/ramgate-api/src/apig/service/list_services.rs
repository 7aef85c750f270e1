//! ListServices.

use super::Service;
use crate::apig::{APIG, SERVICE, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists services, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListServices.
    ListServices {
        product: APIG,
        bind: (GET "/v1/services"),
        access: None,
        resource: (SERVICE, *),
        conditions: [],
        request: ListServicesRequest,
        response: ListServicesResponse,
        errors: [],
    }
}

/// What [`ListServices`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListServicesRequest {
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// `VIP`, `DNS`, `K8S`, `MSE_NACOS`, `FC3`, `SAE_K8S_SERVICE`, `AI` or `AGENT`.
    pub source_type: Option<String>,
    /// Such types, joined by commas.
    pub source_types: Option<String>,
}

impl Validate for ListServicesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
        checker.one_of(
            "sourceType",
            self.source_type.as_deref(),
            &["MSE_NACOS", "K8S", "VIP", "DNS", "FC3", "SAE_K8S_SERVICE", "AI", "AGENT"],
        );
    }
}

/// What [`ListServices`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListServicesResponse {
    /// This page.
    pub items: Vec<Service>,
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 1–100; 10 where absent.
    pub page_size: i32,
    /// How many there are on all pages.
    pub total_size: i64,
}

//! ListHttpApis.

use super::HttpApiGroup;
use crate::apig::{APIG, HTTP_API, checks};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists HTTP APIs, versions of one name together, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListHttpApis.
    ListHttpApis {
        product: APIG,
        bind: (GET "/v1/http-apis"),
        access: List,
        resource: (HTTP_API, *),
        conditions: [],
        request: ListHttpApisRequest,
        response: ListHttpApisResponse,
        errors: [],
    }
}

/// What [`ListHttpApis`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListHttpApisRequest {
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
    /// Types, joined by commas.
    pub types: Option<String>,
    /// Only what is deployed.
    #[serde(rename = "withAPIsPublishedToEnvironment")]
    pub with_apis_published_to_environment: Option<bool>,
    /// Only what asks for credentials in this environment.
    pub with_auth_policy_in_environment_id: Option<String>,
    /// Whether to answer authentication.
    pub with_auth_policy_list: Option<bool>,
    /// Whether to answer what this consumer may call.
    pub with_consumer_info_by_id: Option<String>,
    /// Whether to answer environments.
    pub with_environment_info: Option<bool>,
    /// Whether to answer this environment.
    pub with_environment_info_by_id: Option<String>,
    /// Whether to answer facts of Ingress.
    pub with_ingress_info: Option<bool>,
    /// Whether to answer attachments of this plugin.
    pub with_plugin_attachment_by_plugin_id: Option<String>,
    /// Whether to answer policies.
    pub with_policy_configs: Option<bool>,
}

impl Validate for ListHttpApisRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("gatewayType", self.gateway_type.as_deref(), &["API", "AI"]);
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

/// What [`ListHttpApis`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListHttpApisResponse {
    /// This page.
    pub items: Vec<HttpApiGroup>,
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 1–100; 10 where absent.
    pub page_size: i32,
    /// How many there are on all pages.
    pub total_size: i64,
}

//! ListHttpApiRoutes.

use super::HttpRoute;
use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the routes of an HTTP API, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListHttpApiRoutes.
    ListHttpApiRoutes {
        product: APIG,
        bind: (GET "/v1/http-apis/{httpApiId}/routes"),
        access: List,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: ListHttpApiRoutesRequest,
        response: ListHttpApiRoutesResponse,
        errors: [errors::HTTP_API_NOT_FOUND],
    }
}

/// What [`ListHttpApiRoutes`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListHttpApiRoutesRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// Only routes to the service of this name.
    pub backend_service_name: Option<String>,
    /// The rule's id.
    pub consumer_authorization_rule_id: Option<String>,
    /// Such states, joined by commas.
    pub deploy_statuses: Option<String>,
    /// The domain's id.
    pub domain_id: Option<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// Whether only what can be deployed is listed.
    pub for_deploy: Option<bool>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// Part of the name.
    pub name_like: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// Part of the path.
    pub path_like: Option<String>,
    /// Whether to answer authentication.
    pub with_auth_policy_info: Option<bool>,
    /// Whether to answer what this consumer may call.
    pub with_consumer_info_by_id: Option<String>,
    /// Whether to answer attachments of this plugin.
    pub with_plugin_attachment_by_plugin_id: Option<String>,
}

impl Validate for ListHttpApiRoutesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

/// What [`ListHttpApiRoutes`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ListHttpApiRoutesResponse {
    /// This page.
    pub items: Vec<HttpRoute>,
    /// Counted from 1; 1 where absent.
    pub page_number: i32,
    /// 1–100; 10 where absent.
    pub page_size: i32,
    /// How many there are on all pages.
    pub total_size: i64,
}

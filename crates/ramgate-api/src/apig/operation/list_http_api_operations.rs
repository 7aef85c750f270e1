//! ListHttpApiOperations.

use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the operations of an HTTP API, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListHttpApiOperations.
    ListHttpApiOperations {
        product: APIG,
        bind: (GET "/v1/http-apis/{httpApiId}/operations"),
        access: List,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: ListHttpApiOperationsRequest,
        response: Unbuilt,
        errors: [errors::HTTP_API_NOT_FOUND],
    }
}

/// What [`ListHttpApiOperations`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListHttpApiOperationsRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The rule's id.
    pub consumer_authorization_rule_id: Option<String>,
    /// Whether callers must prove who they are.
    pub enable_auth: Option<bool>,
    /// Whether only what can be deployed is listed.
    pub for_deploy: Option<bool>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The HTTP method.
    pub method: Option<String>,
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
    /// Whether to answer consumers of this environment.
    pub with_consumer_in_environment_id: Option<String>,
    /// Whether to answer what this consumer may call.
    pub with_consumer_info_by_id: Option<String>,
    /// Whether to answer attachments of this plugin.
    pub with_plugin_attachment_by_plugin_id: Option<String>,
}

impl Validate for ListHttpApiOperationsRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

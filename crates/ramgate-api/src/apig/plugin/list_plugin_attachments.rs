//! ListPluginAttachments.

use crate::apig::{APIG, PLUGIN_ATTACHMENT, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists attachments of plugins, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListPluginAttachments.
    ListPluginAttachments {
        product: APIG,
        bind: (GET "/v1/plugin-attachments"),
        access: None,
        resource: (ALL or (PLUGIN_ATTACHMENT, *)),
        conditions: [],
        request: ListPluginAttachmentsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListPluginAttachments`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListPluginAttachmentsRequest {
    /// The id of what it is attached to.
    pub attach_resource_id: Option<String>,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: Option<String>,
    /// Such types, joined by commas.
    pub attach_resource_types: Option<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// The installed plugin.
    pub plugin_id: Option<String>,
    /// Whether to answer parents.
    pub with_parent_resource: Option<bool>,
}

impl Validate for ListPluginAttachmentsRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

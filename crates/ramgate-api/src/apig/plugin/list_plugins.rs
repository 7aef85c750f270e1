//! ListPlugins.

use crate::apig::{APIG, PLUGIN, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists installed plugins, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListPlugins.
    ListPlugins {
        product: APIG,
        bind: (GET "/v1/plugins"),
        access: None,
        resource: (ALL or (PLUGIN, *)),
        conditions: [],
        request: ListPluginsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListPlugins`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListPluginsRequest {
    /// The id of what it is attached to.
    pub attach_resource_id: Option<String>,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// `API` or `AI`.
    pub gateway_type: Option<String>,
    /// Whether to list what the system installed.
    pub include_builtin_ai_gateway: Option<bool>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 1–100; 10 where absent.
    pub page_size: Option<i32>,
    /// The plugin as a class.
    pub plugin_class_id: Option<String>,
    /// The class's name.
    pub plugin_class_name: Option<String>,
    /// Whether to answer attachments.
    pub with_attachment_info: Option<bool>,
}

impl Validate for ListPluginsRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("gatewayType", self.gateway_type.as_deref(), &["AI", "API"]);
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

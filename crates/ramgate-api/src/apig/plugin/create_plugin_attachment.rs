//! CreatePluginAttachment.

use crate::apig::{APIG, PLUGIN_ATTACHMENT, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Attaches an installed plugin with a configuration.
    ///
    /// Source: APIG API reference 2024-03-27, CreatePluginAttachment.
    CreatePluginAttachment {
        product: APIG,
        bind: (POST "/v1/plugin-attachments"),
        access: None,
        resource: (ALL or (PLUGIN_ATTACHMENT, *)),
        conditions: [],
        request: CreatePluginAttachmentRequest,
        response: Unbuilt,
        errors: [errors::PLUGIN_NOT_FOUND],
        required: ["pluginId", "attachResourceType"],
    }
}

/// What [`CreatePluginAttachment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreatePluginAttachmentRequest {
    /// Ids of what it is attached to, at most 10.
    pub attach_resource_ids: Vec<String>,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: String,
    /// Whether it is on.
    pub enable: Option<bool>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The configuration: Base64 of YAML.
    pub plugin_config: Option<String>,
    /// The installed plugin.
    pub plugin_id: String,
}

impl Validate for CreatePluginAttachmentRequest {}

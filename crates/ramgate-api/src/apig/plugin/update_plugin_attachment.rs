//! UpdatePluginAttachment.

use crate::apig::{APIG, PLUGIN_ATTACHMENT, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the configuration of an attachment, or switches it on or off.
    ///
    /// Source: APIG API reference 2024-03-27, UpdatePluginAttachment.
    UpdatePluginAttachment {
        product: APIG,
        bind: (PUT "/v1/plugin-attachments/{pluginAttachmentId}"),
        access: None,
        resource: (ALL or (PLUGIN_ATTACHMENT, plugin_attachment_id)),
        conditions: [],
        request: UpdatePluginAttachmentRequest,
        response: Unbuilt,
        errors: [errors::PLUGIN_ATTACHMENT_NOT_FOUND],
    }
}

/// What [`UpdatePluginAttachment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdatePluginAttachmentRequest {
    /// The attachment's id.
    pub plugin_attachment_id: String,
    /// Ids of what it is attached to, at most 10.
    pub attach_resource_ids: Option<Vec<String>>,
    /// Whether it is on.
    pub enable: Option<bool>,
    /// The configuration: Base64 of YAML.
    pub plugin_config: Option<String>,
}

impl Validate for UpdatePluginAttachmentRequest {}

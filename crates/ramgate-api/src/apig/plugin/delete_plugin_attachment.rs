//! DeletePluginAttachment.

use crate::apig::{APIG, PLUGIN_ATTACHMENT, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Detaches a plugin.
    ///
    /// Source: APIG API reference 2024-03-27, DeletePluginAttachment.
    DeletePluginAttachment {
        product: APIG,
        bind: (DELETE "/v1/plugin-attachments/{pluginAttachmentId}"),
        access: None,
        resource: (ALL or (PLUGIN_ATTACHMENT, plugin_attachment_id)),
        conditions: [],
        request: DeletePluginAttachmentRequest,
        response: Unbuilt,
        errors: [errors::PLUGIN_ATTACHMENT_NOT_FOUND],
    }
}

/// What [`DeletePluginAttachment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeletePluginAttachmentRequest {
    /// The attachment's id.
    pub plugin_attachment_id: String,
}

impl Validate for DeletePluginAttachmentRequest {}

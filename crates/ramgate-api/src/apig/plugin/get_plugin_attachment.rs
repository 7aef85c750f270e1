//! GetPluginAttachment.

use crate::apig::{APIG, PLUGIN_ATTACHMENT, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one attachment of a plugin.
    ///
    /// Source: APIG API reference 2024-03-27, GetPluginAttachment.
    GetPluginAttachment {
        product: APIG,
        bind: (GET "/v1/plugin-attachments/{pluginAttachmentId}"),
        access: Get,
        resource: (ALL or (PLUGIN_ATTACHMENT, plugin_attachment_id)),
        conditions: [],
        request: GetPluginAttachmentRequest,
        response: Unbuilt,
        errors: [errors::PLUGIN_ATTACHMENT_NOT_FOUND],
    }
}

/// What [`GetPluginAttachment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetPluginAttachmentRequest {
    /// The attachment's id.
    pub plugin_attachment_id: String,
}

impl Validate for GetPluginAttachmentRequest {}

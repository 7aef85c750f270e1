//! UninstallPlugin.

use crate::apig::{APIG, PLUGIN, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an installed plugin that is attached to nothing.
    ///
    /// Source: APIG API reference 2024-03-27, UninstallPlugin.
    UninstallPlugin {
        product: APIG,
        bind: (DELETE "/v1/plugins/{pluginId}"),
        access: None,
        resource: (ALL or (PLUGIN, plugin_id)),
        conditions: [],
        request: UninstallPluginRequest,
        response: Unbuilt,
        errors: [errors::PLUGIN_NOT_FOUND, errors::PLUGIN_ATTACHED],
    }
}

/// What [`UninstallPlugin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UninstallPluginRequest {
    /// The installed plugin.
    pub plugin_id: String,
}

impl Validate for UninstallPluginRequest {}

//! InstallPlugin.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Installs a plugin on gateways.
    ///
    /// Source: APIG API reference 2024-03-27, InstallPlugin.
    InstallPlugin {
        product: APIG,
        bind: (POST "/v1/plugins/"),
        access: None,
        resource: (ALL or (EACH GATEWAY, gateway_ids)),
        conditions: [],
        request: InstallPluginRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND, errors::PLUGIN_CLASS_NOT_FOUND],
        required: ["pluginClassId", "gatewayIds"],
    }
}

/// What [`InstallPlugin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct InstallPluginRequest {
    /// Gateways by id.
    pub gateway_ids: Vec<String>,
    /// The plugin as a class.
    pub plugin_class_id: String,
}

impl Validate for InstallPluginRequest {}

//! GetPluginGuide.

use crate::mse::{MSE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns the description of a plugin.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetPluginGuide {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetPluginGuideRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["PluginId"],
    }
}

/// What [`GetPluginGuide`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetPluginGuideRequest {
    /// `zh`, `en` or `ja`: the language of texts in the answer.
    pub accept_language: Option<String>,
    /// The plugin.
    pub plugin_id: i64,
}

impl Validate for GetPluginGuideRequest {}

//! CheckPluginLua.

use crate::mse::MSE;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells whether a Lua text has correct syntax.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    CheckPluginLua {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: CheckPluginLuaRequest,
        response: Unbuilt,
        errors: [],
        required: ["Code"],
    }
}

/// What [`CheckPluginLua`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CheckPluginLuaRequest {
    /// The Lua text.
    pub code: String,
}

impl Validate for CheckPluginLuaRequest {}

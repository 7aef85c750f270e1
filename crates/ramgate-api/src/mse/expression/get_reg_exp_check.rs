//! GetRegExpCheck.

use crate::mse::MSE;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells whether a regular expression is well formed.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetRegExpCheck {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetRegExpCheckRequest,
        response: Unbuilt,
        errors: [],
        required: ["RegExp"],
    }
}

/// What [`GetRegExpCheck`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetRegExpCheckRequest {
    /// The expression, RE2.
    pub reg_exp: String,
}

impl Validate for GetRegExpCheckRequest {}

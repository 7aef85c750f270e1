//! GetRegExpTest.

use crate::mse::MSE;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells whether a regular expression matches a text.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetRegExpTest {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetRegExpTestRequest,
        response: Unbuilt,
        errors: [],
        required: ["RegExp", "Content"],
    }
}

/// What [`GetRegExpTest`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetRegExpTestRequest {
    /// The expression, RE2.
    pub reg_exp: String,
    /// The text.
    pub content: String,
    /// Whether letter case does not matter.
    pub ignore_case: Option<bool>,
}

impl Validate for GetRegExpTestRequest {}

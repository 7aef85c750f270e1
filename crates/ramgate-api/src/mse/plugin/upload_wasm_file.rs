//! UploadWasmFile.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes in a Wasm file.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    UploadWasmFile {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: UploadWasmFileRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
        required: ["FileName", "Content"],
    }
}

/// What [`UploadWasmFile`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UploadWasmFileRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The file's name.
    pub file_name: String,
    /// The file, Base64.
    pub content: String,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for UploadWasmFileRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

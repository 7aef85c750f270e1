//! DecodeDiagnosticMessage.

use crate::ram::{RAM, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Opens the diagnostic message of a denial.
    ///
    /// Source: RAM API reference 2015-05-01, DecodeDiagnosticMessage.
    DecodeDiagnosticMessage {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: DecodeDiagnosticMessageRequest,
        response: Unbuilt,
        errors: [errors::DIAGNOSTIC_MESSAGE_NOT_FOUND],
        required: ["EncodedDiagnosticMessage"],
    }
}

/// What [`DecodeDiagnosticMessage`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DecodeDiagnosticMessageRequest {
    /// The message as the denial carried it.
    pub encoded_diagnostic_message: String,
}

impl Validate for DecodeDiagnosticMessageRequest {}

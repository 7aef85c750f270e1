//! ExportHttpApi.

use super::ExtensionChoice;
use crate::apig::{APIG, HTTP_API, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Writes an HTTP API as an OpenAPI file.
    ///
    /// Source: APIG API reference 2024-03-27, ExportHttpApi.
    ExportHttpApi {
        product: APIG,
        bind: (POST "/v1/http-apis/{httpApiId}/export"),
        access: None,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: ExportHttpApiRequest,
        response: Unbuilt,
        errors: [errors::HTTP_API_NOT_FOUND],
    }
}

/// What [`ExportHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ExportHttpApiRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// What is written as extensions.
    pub extension_config: Option<ExtensionChoice>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// Operations by id.
    pub operation_ids: Vec<String>,
}

impl Validate for ExportHttpApiRequest {}

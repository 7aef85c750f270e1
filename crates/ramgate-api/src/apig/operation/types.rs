//! Operations of HTTP APIs.

use crate::apig::{AuthConfig, DeployConfig, Mock};
use schemars::JsonSchema;
use serde::Deserialize;

/// An operation of an HTTP API of type Rest.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct HttpApiOperation {
    /// How callers prove who they are; needed where `enableAuth` is true.
    pub auth_config: Option<AuthConfig>,
    /// How it is deployed, one for each environment.
    pub deploy_configs: Vec<DeployConfig>,
    /// Free text.
    pub description: Option<String>,
    /// Whether callers must prove who they are.
    pub enable_auth: Option<bool>,
    /// The HTTP method.
    pub method: String,
    /// An answer that needs no service; counts only where the scene is `Mock`.
    pub mock: Option<Mock>,
    /// The name.
    pub name: String,
    /// The path behind the base path; `{name}` takes one segment.
    pub path: String,
    /// What requests look like.
    pub request: Option<RequestContract>,
    /// What answers look like.
    pub response: Option<ResponseContract>,
}

/// What requests look like. Documentation only.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RequestContract {
    /// The body.
    pub body: Option<RequestBody>,
    /// Headers.
    pub header_parameters: Vec<Parameter>,
    /// Placeholders of the path.
    pub path_parameters: Vec<Parameter>,
    /// Query parameters.
    pub query_parameters: Vec<Parameter>,
}

/// The body of a request. Documentation only.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RequestBody {
    /// The media type.
    pub content_type: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// An example.
    pub example: Option<String>,
    /// A JSON schema.
    pub json_schema: Option<String>,
}

/// A parameter of an operation. Documentation only.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Parameter {
    /// The default.
    pub default_value: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// An example.
    pub example_value: Option<String>,
    /// The name.
    pub name: String,
    /// Whether it must be given.
    pub required: Option<bool>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
}

/// What answers look like. Documentation only.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ResponseContract {
    /// The media type.
    pub content_type: String,
    /// This page.
    pub items: Vec<ResponseItem>,
}

/// One possible answer. Documentation only.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ResponseItem {
    /// The status code.
    pub code: Option<i32>,
    /// Free text.
    pub description: Option<String>,
    /// An example.
    pub example: Option<String>,
    /// A JSON schema.
    pub json_schema: Option<String>,
}

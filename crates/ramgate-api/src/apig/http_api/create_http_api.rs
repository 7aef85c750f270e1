//! CreateHttpApi.

use super::{AuthConfig, DeployConfig, IngressConfig, VersionConfig};
use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes an HTTP API.
    ///
    /// Source: APIG API reference 2024-03-27, CreateHttpApi.
    CreateHttpApi {
        product: APIG,
        bind: (POST "/v1/http-apis"),
        access: Create,
        resource: (HTTP_API, *),
        conditions: [],
        request: CreateHttpApiRequest,
        response: CreateHttpApiResponse,
        errors: [errors::HTTP_API_NAME_DUPLICATE],
        required: ["name", "type"],
        query: ["clientToken"],
    }
}

/// What [`CreateHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateHttpApiRequest {
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
    /// Protocols of an agent API.
    pub agent_protocols: Vec<String>,
    /// Protocols of a model API, such as `OpenAI/v1`.
    pub ai_protocols: Vec<String>,
    /// How callers prove who they are; needed where `enableAuth` is true.
    pub auth_config: Option<AuthConfig>,
    /// Begins with `/`, up to 256 bytes, no blanks.
    pub base_path: Option<String>,
    /// The gateway it belongs to, where it is for one only.
    pub belong_gateway_id: Option<String>,
    /// How it is deployed, one for each environment.
    pub deploy_configs: Vec<DeployConfig>,
    /// Free text.
    pub description: Option<String>,
    /// Whether to check only and change nothing.
    pub dry_run: Option<bool>,
    /// Whether callers must prove who they are.
    pub enable_auth: Option<bool>,
    /// Seconds until the first byte of an answer.
    pub first_byte_timeout: Option<i32>,
    /// For type `HttpIngress`.
    pub ingress_config: Option<IngressConfig>,
    /// `Text`, `Image`, `Audio`, `Video`, `MultiModal`, `Embedding`, `Rerank` or `Others`.
    pub model_category: Option<String>,
    /// Unique in the account and region, but for versions of one API.
    pub name: String,
    /// Of `HTTP`, `HTTPS`.
    pub protocols: Vec<String>,
    /// Whether the base path is cut off before forwarding.
    pub remove_base_path_on_forward: Option<bool>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// `SpecOnly`, `SpecFirst` or `ExistFirst`.
    pub strategy: Option<String>,
    /// `Http`, `Rest`, `WebSocket`, `HttpIngress`, `LLM`, `Agent` or `MCP`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether and how it is versioned.
    pub version_config: Option<VersionConfig>,
}

impl Validate for CreateHttpApiRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of(
            "modelCategory",
            self.model_category.as_deref(),
            &["Text", "Image", "Audio", "Video", "MultiModal", "Embedding", "Rerank", "Others"],
        );
        checker.one_of("type", Some(&self.kind), &["Http", "Rest", "WebSocket", "HttpIngress", "LLM", "Agent", "MCP"]);
        checks::base_path(checker, self.base_path.as_deref());
        checks::protocols(checker, &self.protocols);
        checks::client_token(checker, self.client_token.as_deref());
        checks::version(checker, self.version_config.as_ref());
        if self.kind == "Rest" {
            checker.needed("basePath", self.base_path.as_deref().is_some_and(|p| !p.is_empty()));
        }
    }
}

/// What [`CreateHttpApi`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreateHttpApiResponse {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// The name.
    pub name: String,
}

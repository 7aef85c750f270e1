//! UpdateHttpApi.

use super::{AuthConfig, DeployConfig, IngressConfig, VersionConfig};
use crate::apig::{APIG, HTTP_API, checks, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes an HTTP API.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateHttpApi.
    UpdateHttpApi {
        product: APIG,
        bind: (PUT "/v1/http-apis/{httpApiId}"),
        access: Update,
        resource: (HTTP_API, http_api_id),
        conditions: [],
        request: UpdateHttpApiRequest,
        response: Empty,
        errors: [errors::HTTP_API_NOT_FOUND],
        required: ["basePath"],
        query: ["clientToken", "dryRun"],
    }
}

/// What [`UpdateHttpApi`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateHttpApiRequest {
    /// The HTTP API's id.
    pub http_api_id: String,
    /// A text of up to 64 characters; a repeat with the same one answers what the first call answered.
    pub client_token: Option<String>,
    /// Whether to check only and change nothing.
    pub dry_run: Option<bool>,
    /// Protocols of an agent API.
    pub agent_protocols: Option<Vec<String>>,
    /// Protocols of a model API, such as `OpenAI/v1`.
    pub ai_protocols: Option<Vec<String>>,
    /// How callers prove who they are; needed where `enableAuth` is true.
    pub auth_config: Option<AuthConfig>,
    /// Begins with `/`, up to 256 bytes, no blanks.
    pub base_path: String,
    /// How it is deployed, one for each environment.
    pub deploy_configs: Option<Vec<DeployConfig>>,
    /// Free text.
    pub description: Option<String>,
    /// Whether callers must prove who they are.
    pub enable_auth: Option<bool>,
    /// Seconds until the first byte of an answer.
    pub first_byte_timeout: Option<i32>,
    /// For type `HttpIngress`.
    pub ingress_config: Option<IngressConfig>,
    /// Whether what is live stays as it is.
    pub only_change_config: Option<bool>,
    /// Protocols.
    pub protocols: Option<Vec<String>>,
    /// Whether the base path is cut off before forwarding.
    pub remove_base_path_on_forward: Option<bool>,
    /// Whether and how it is versioned.
    pub version_config: Option<VersionConfig>,
}

impl Validate for UpdateHttpApiRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::base_path(checker, Some(&self.base_path));
        checks::protocols(checker, self.protocols.as_deref().unwrap_or_default());
        checks::client_token(checker, self.client_token.as_deref());
        checks::version(checker, self.version_config.as_ref());
    }
}

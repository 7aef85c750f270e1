//! Services: their endpoints, checks and versions.

use crate::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A service to be made.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ServiceConfig {
    /// `ip:port` for VIP, `host:port` for DNS; at most 10.
    pub addresses: Vec<String>,
    /// Needed for source type `AGENT`.
    pub agent_service_config: Option<AgentServiceConfig>,
    /// Needed for source type `AI`.
    pub ai_service_config: Option<AiServiceConfig>,
    /// Name servers to ask; those of the machine where empty.
    pub dns_servers: Vec<String>,
    /// How a workflow is started.
    pub express_type: Option<String>,
    /// The group in the registry.
    pub group_name: Option<String>,
    /// The provider of models.
    pub model_provider_id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The version or alias of a function.
    pub qualifier: Option<String>,
    /// The source's id.
    pub source_id: Option<String>,
    /// Checks that can be left out.
    pub validation_options: Option<ValidationOptions>,
}

/// A service of an agent vendor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AgentServiceConfig {
    /// The address, `http://` or `https://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// For provider `custom`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_config: Option<CustomAgent>,
    /// For provider `qwen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dash_scope_config: Option<DashScopeAgent>,
    /// For provider `dify`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dify_config: Option<DifyAgent>,
    /// Whether endpoints are checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_health_check: Option<bool>,
    /// Whether failing endpoints are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_outlier_detection: Option<bool>,
    /// Protocols.
    pub protocols: Vec<String>,
    /// The vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
}

/// Access to an agent of any other vendor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomAgent {
    /// The API key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key: Option<Secret>,
    /// Who made the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key_generate_mode: Option<String>,
}

/// Access to DashScope applications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DashScopeAgent {
    /// Keys of applications.
    pub app_credentials: Vec<AppCredential>,
}

/// The key of one application.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AppCredential {
    /// The API key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key: Option<Secret>,
    /// The application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_id: Option<String>,
}

/// Access to a Dify application.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DifyAgent {
    /// The API key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_key: Option<Secret>,
    /// The kind of application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_type: Option<String>,
}

/// A service of a model vendor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AiServiceConfig {
    /// Who made the keys.
    #[serde(rename = "ApiKeyGenerateMode", alias = "apiKeyGenerateMode", skip_serializing_if = "Option::is_none")]
    pub api_key_generate_mode: Option<String>,
    /// The address, `http://` or `https://`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// API keys of the vendor.
    pub api_keys: Vec<Secret>,
    /// For Bedrock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bedrock_service_config: Option<BedrockService>,
    /// Further protocols that the service speaks.
    pub compatible_protocols: Vec<String>,
    /// The model where a request names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_model_name: Option<String>,
    /// Whether endpoints are checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_health_check: Option<bool>,
    /// Whether failing endpoints are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_outlier_detection: Option<bool>,
    /// For PAI-EAS.
    #[serde(rename = "paiEASServiceConfig", skip_serializing_if = "Option::is_none")]
    pub pai_eas_service_config: Option<PaiEasService>,
    /// Protocols.
    pub protocols: Vec<String>,
    /// The vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// For Vertex AI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertex_service_config: Option<VertexService>,
}

/// Access to a Bedrock service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct BedrockService {
    /// The access key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_access_key: Option<String>,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_region: Option<String>,
    /// The secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aws_secret_key: Option<Secret>,
}

/// A PAI-EAS service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct PaiEasService {
    /// `public` or `private`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint_type: Option<String>,
    /// The service's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// The name of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    /// The workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<String>,
}

/// Access to a Vertex AI service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct VertexService {
    /// Safety thresholds by category.
    pub gemini_safety_setting: BTreeMap<String, String>,
    /// The key of the service account, JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertex_auth_key: Option<Secret>,
    /// The service that gives tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertex_auth_service_name: Option<String>,
    /// The project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertex_project_id: Option<String>,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertex_region: Option<String>,
    /// Seconds before its end that a token is renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertex_token_refresh_ahead: Option<i32>,
}

/// Checks that can be left out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ValidationOptions {
    /// Whether the try of a chat completion is left out.
    #[serde(rename = "skipVerifyAIChatCompletion")]
    pub skip_verify_ai_chat_completion: Option<bool>,
}

/// A service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// `ip:port` for VIP, `host:port` for DNS; at most 10.
    pub addresses: Vec<String>,
    /// Needed for source type `AGENT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_service_config: Option<AgentServiceConfig>,
    /// Needed for source type `AI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_service_config: Option<AiServiceConfig>,
    /// When it was made, milliseconds since the epoch.
    pub create_timestamp: i64,
    /// Name servers to ask; those of the machine where empty.
    pub dns_servers: Vec<String>,
    /// How a workflow is started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub express_type: Option<String>,
    /// The gateway's id.
    pub gateway_id: String,
    /// The group in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// How endpoints are checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check: Option<HealthCheck>,
    /// `Healthy` or `Unhealthy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_status: Option<String>,
    /// Percent of healthy endpoints at or below which all of them get traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healthy_panic_threshold: Option<f64>,
    /// Labels seen on endpoints.
    pub label_details: Vec<LabelValues>,
    /// The provider of models.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider_id: Option<String>,
    /// The name.
    pub name: String,
    /// The namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// When failing endpoints are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlier_detection: Option<OutlierDetection>,
    /// Endpoints left out now.
    pub outlier_endpoints: Vec<String>,
    /// Ports.
    pub ports: Vec<ServicePort>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The version or alias of a function.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<String>,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// Why it cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_detail_error_code: Option<String>,
    /// Whether it can be used, such as `Available`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_detail_status: Option<String>,
    /// The service's id.
    pub service_id: String,
    /// `VIP`, `DNS`, `K8S`, `MSE_NACOS`, `FC3`, `SAE_K8S_SERVICE`, `AI` or `AGENT`.
    pub source_type: String,
    /// Endpoints that fail their checks.
    pub unhealthy_endpoints: Vec<String>,
    /// When it was last changed, milliseconds since the epoch.
    pub update_timestamp: i64,
    /// Versions.
    pub versions: Vec<ServiceVersion>,
}

/// How endpoints are checked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct HealthCheck {
    /// Whether it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// Successes until an endpoint counts as healthy; 2 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healthy_threshold: Option<i32>,
    /// The host to ask under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_host: Option<String>,
    /// The path to ask; needed for `HTTP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_path: Option<String>,
    /// Seconds between checks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<i32>,
    /// `TCP`, `HTTP` or `GRPC`; `TCP` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// Seconds to wait for an answer; 2 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i32>,
    /// Failures until an endpoint counts as unhealthy; 2 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unhealthy_threshold: Option<i32>,
    /// What counts as healthy, such as `http_2xx`.
    pub expected_statuses: Vec<String>,
}

/// A label and the values seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LabelValues {
    /// The key.
    pub key: String,
    /// The values.
    pub values: Vec<String>,
}

/// When failing endpoints are left out for a while.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct OutlierDetection {
    /// Seconds left out the first time, 1–3,600; 30 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_ejection_time: Option<i32>,
    /// Whether it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// The least number of endpoints at which any is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_percentage_minimum_hosts: Option<i32>,
    /// Percent of failed requests, 1–100; 80 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_percentage_threshold: Option<i32>,
    /// Seconds between looks, 1–3,600; 30 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<i32>,
}

/// A port of a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ServicePort {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i32>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
}

/// A version of a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceVersion {
    /// Endpoints with all of these labels form the version.
    pub labels: Vec<Label>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A label of endpoints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Label {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

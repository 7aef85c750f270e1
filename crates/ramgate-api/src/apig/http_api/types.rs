//! HTTP APIs as answers show them, and how they are deployed.

use super::{BackendMatch, DeployConfig};
use crate::apig::{DomainInfo, GatewayInfo, SubDomainInfo};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How callers prove who they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AuthConfig {
    /// `NoAuth` or `Custom`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_mode: Option<String>,
    /// `Apikey`, `Jwt` or `AkSk`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_type: Option<String>,
}

/// Which Kubernetes Ingress objects become routes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct IngressConfig {
    /// The cluster.
    pub cluster_id: Option<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The Ingress class.
    pub ingress_class: Option<String>,
    /// Whether addresses are written back.
    pub override_ingress_ip: Option<bool>,
    /// The source's id.
    pub source_id: Option<String>,
    /// The namespace; all where empty.
    pub watch_namespace: Option<String>,
}

/// Whether and how an HTTP API is versioned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct VersionConfig {
    /// Whether it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// The header that carries the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_name: Option<String>,
    /// The parameter that carries the version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query_name: Option<String>,
    /// `Path`, `Query` or `Header`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    /// The version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// An HTTP API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HttpApi {
    /// Protocols of an agent API.
    pub agent_protocols: Vec<String>,
    /// Protocols of a model API, such as `OpenAI/v1`.
    pub ai_protocols: Vec<String>,
    /// How callers prove who they are; needed where `enableAuth` is true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_config: Option<AuthConfig>,
    /// Begins with `/`, up to 256 bytes, no blanks.
    pub base_path: String,
    /// By gateway.
    pub deploy_cnt_map: BTreeMap<String, DeployCount>,
    /// How it is deployed, one for each environment.
    pub deploy_configs: Vec<DeployConfig>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether callers must prove who they are.
    pub enable_auth: bool,
    /// Environments, the default one first.
    pub environments: Vec<PublishedEnvironment>,
    /// The gateway's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_id: Option<String>,
    /// The HTTP API's id.
    pub http_api_id: String,
    /// For type `HttpIngress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingress_info: Option<IngressInfo>,
    /// `Text`, `Image`, `Audio`, `Video`, `MultiModal`, `Embedding`, `Rerank` or `Others`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_category: Option<String>,
    /// The name.
    pub name: String,
    /// Protocols.
    pub protocols: Vec<String>,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// `Http`, `Rest`, `WebSocket`, `HttpIngress`, `LLM`, `Agent` or `MCP`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether and how it is versioned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_info: Option<VersionConfig>,
}

/// How many routes or operations are deployed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeployCount {
    /// Those deployed.
    pub deployed_cnt: i64,
    /// All.
    pub cnt: i64,
}

/// An environment that an HTTP API is deployed to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedEnvironment {
    /// The name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// `SingleService`, `MultiServiceByRatio`, `MultiServiceByContent`, `MultiServiceByTag` or `Mock`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_scene: Option<String>,
    /// `Service`, `DNS`, `VIP` or `CloudProduct`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_type: Option<String>,
    /// Domains it is reached under.
    pub custom_domains: Vec<DomainInfo>,
    /// `NotDeployed`, `Deploying`, `Deployed`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deploy_status: Option<String>,
    /// The environment's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_id: Option<String>,
    /// The gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_info: Option<GatewayInfo>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Services.
    pub service_configs: Vec<PublishedService>,
    /// Host names of the environment.
    pub sub_domains: Vec<SubDomainInfo>,
}

/// A service behind a deployed HTTP API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublishedService {
    /// The id of the service on the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_service_id: Option<String>,
    /// Under which condition it gets traffic.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub matches: Option<BackendMatch>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<String>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The service's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// The version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The share in percent, 1–100; shares add up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<i32>,
}

/// Which Kubernetes Ingress objects become routes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IngressInfo {
    /// The environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_info: Option<IngressEnvironment>,
    /// The Ingress class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingress_class: Option<String>,
    /// The cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub k8s_cluster_info: Option<K8sCluster>,
    /// Whether addresses are written back.
    pub override_ingress_ip: bool,
    /// The source's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// The namespace; all where empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watch_namespace: Option<String>,
}

/// The environment that Ingress routes go to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IngressEnvironment {
    /// The environment's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_id: Option<String>,
}

/// A Kubernetes cluster.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct K8sCluster {
    /// The cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster_id: Option<String>,
}

/// The versions of HTTP APIs of one name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HttpApiGroup {
    /// The gateway, where the API belongs to one.
    #[serde(rename = "GatewayId", skip_serializing_if = "Option::is_none")]
    pub gateway_id: Option<String>,
    /// The name.
    pub name: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it is versioned.
    pub version_enabled: bool,
    /// The versions.
    pub versioned_http_apis: Vec<HttpApi>,
}

/// A file in object storage.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct OssLocation {
    /// The bucket.
    pub bucket_name: Option<String>,
    /// The object.
    pub object_key: Option<String>,
    /// The region.
    pub region_id: Option<String>,
}

/// What is written beside the OpenAPI document, as extensions.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ExtensionChoice {
    /// Authentication.
    pub with_auth_config: Option<bool>,
    /// Consumers.
    pub with_auth_consumer: Option<bool>,
    /// Plugins.
    pub with_plugin: Option<bool>,
    /// Policies.
    pub with_policy: Option<bool>,
    /// Services.
    pub with_service: Option<bool>,
}

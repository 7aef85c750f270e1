//! How HTTP APIs are deployed.

use crate::apig::{Backend, DomainInfo, GatewayInfo, SubDomainInfo};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How an HTTP API is deployed to one environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeployConfig {
    /// Whether it is deployed at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_deploy: Option<bool>,
    /// `SingleService`, `MultiServiceByRatio`, `MultiServiceByContent`, `MultiServiceByTag` or `Mock`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_scene: Option<String>,
    /// Routes made by the system, by name.
    pub builtin_route_names: Vec<String>,
    /// Domains it is reached under.
    pub custom_domain_ids: Vec<String>,
    /// The same with their names.
    pub custom_domain_infos: Vec<DomainInfo>,
    /// Whether models of the system may be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_system_models: Option<bool>,
    /// Host names of the environment by id.
    pub env_domain_ids: Vec<String>,
    /// The same with their names.
    pub env_domain_infos: Vec<DomainInfo>,
    /// The environment's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_id: Option<String>,
    /// The gateway's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_id: Option<String>,
    /// The gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_info: Option<GatewayInfo>,
    /// `API` or `AI`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_type: Option<String>,
    /// An answer that needs no service; counts only where the scene is `Mock`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mock: Option<Mock>,
    /// Policies given along. Kept as given.
    pub policy_configs: Vec<Value>,
    /// `compressed` or `ordinary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest_api_route_mode: Option<String>,
    /// Where routes send their traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_backend: Option<Backend>,
    /// Services.
    pub service_configs: Vec<DeployService>,
    /// Host names of the environment.
    pub sub_domains: Vec<SubDomainInfo>,
    /// Of `economy`, `standard`, `premium`.
    pub system_model_tiers: Vec<String>,
}

/// An answer that needs no service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Mock {
    /// Whether it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable: Option<bool>,
    /// The status; 200 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_code: Option<i32>,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_content: Option<String>,
}

/// A service behind a deployment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeployService {
    /// `economy`, `standard` or `premium`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capability_tier: Option<String>,
    /// The id of the service on the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_service_id: Option<String>,
    /// The intent that chooses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intent_code: Option<String>,
    /// Under which condition it gets traffic.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    pub matches: Option<BackendMatch>,
    /// The model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_name: Option<String>,
    /// The models, with wildcards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_name_pattern: Option<String>,
    /// How one of several services is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multi_service_route_strategy: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Routing by observed load.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observability_route_config: Option<ObservabilityRouting>,
    /// The port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i32>,
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

/// The condition under which a service gets traffic, where the choice is by content.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct BackendMatch {
    /// Every one must hold.
    pub conditions: Vec<MatchCondition>,
    /// Whether it takes what no other takes; the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<bool>,
}

/// A condition on a request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct MatchCondition {
    /// The header or parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// `equal`, `prefix` or `regex`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// `Query` or `Header`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Routing by observed load.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ObservabilityRouting {
    /// How load is looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// The longest queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_size: Option<i32>,
    /// The highest rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<f64>,
}

/// Routes to deploy, in the older form.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RouteDeployment {
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// Routes by id.
    pub route_ids: Vec<String>,
}

/// How an HTTP API of type Rest is deployed: exactly one of `revisionId`, `environment`, `gatewayId` says how.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RestDeployment {
    /// Free text.
    pub description: Option<String>,
    /// Whether one prefix route serves the whole API.
    pub enable_route_compression: Option<bool>,
    /// The environment.
    pub environment: Option<RestEnvironment>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// What is done with single operations.
    pub operation_deployments: Vec<OperationDeployment>,
    /// Operations by id.
    pub operation_ids: Vec<String>,
    /// The revision to go back to.
    pub revision_id: Option<String>,
}

/// The environment to deploy to, with backends and domains.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RestEnvironment {
    /// `SingleService`, `MultiServiceByRatio`, `MultiServiceByContent`, `MultiServiceByTag` or `Mock`.
    pub backend_scene: Option<String>,
    /// Domains it is reached under.
    pub custom_domain_ids: Vec<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// Services.
    pub service_configs: Vec<RestService>,
}

/// A service to send traffic to.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct RestService {
    /// Under which condition it gets traffic.
    #[serde(rename = "match")]
    pub matches: Option<BackendMatch>,
    /// The port.
    pub port: Option<i32>,
    /// The protocol.
    pub protocol: Option<String>,
    /// The service's id.
    pub service_id: Option<String>,
    /// The version.
    pub version: Option<String>,
    /// The share in percent, 1–100; shares add up to 100.
    pub weight: Option<i32>,
}

/// What is done with one operation.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct OperationDeployment {
    /// What is done, such as `Publish`.
    pub action: Option<String>,
    /// The operation's id.
    pub operation_id: Option<String>,
}

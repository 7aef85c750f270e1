//! Routes: what they match, and where to.

use crate::apig::{DomainInfo, GatewayInfo, SubDomainInfo};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a route sends its traffic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Backend {
    /// Whether models of the system may be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_system_models: Option<bool>,
    /// `SingleService`, `MultiServiceByRatio`, `MultiServiceByContent`, `MultiServiceByTag`, `Mock` or `Redirect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scene: Option<String>,
    /// Services.
    pub services: Vec<BackendService>,
}

/// A service that a route sends traffic to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct BackendService {
    /// The group in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// For Dubbo services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_dubbo_transcoder: Option<DubboTranscoder>,
    /// The model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_name: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The port; the endpoint's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<i32>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// The service's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<String>,
    /// `VIP`, `DNS`, `K8S`, `MSE_NACOS`, `FC3`, `SAE_K8S_SERVICE`, `AI` or `AGENT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// The service's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The share in percent, 1–100; shares add up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<i32>,
}

/// How HTTP requests become Dubbo calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DubboTranscoder {
    /// The group of the Dubbo service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dubbo_service_group: Option<String>,
    /// The name of the Dubbo service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dubbo_service_name: Option<String>,
    /// The version of the Dubbo service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dubbo_service_version: Option<String>,
    /// The methods.
    pub method_map_list: Vec<DubboMethod>,
}

/// How one Dubbo method is called by HTTP.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DubboMethod {
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dubbo_method_name: Option<String>,
    /// `ALL_GET`, `ALL_POST`, `ALL_PUT`, `ALL_DELETE` or `ALL_PATCH`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_method: Option<String>,
    /// The path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method_path: Option<String>,
    /// Its parameters.
    pub param_maps_list: Vec<DubboParameter>,
    /// `PASS_ALL`, `PASS_NOT` or `PASS_ASSIGN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass_through_all_headers: Option<String>,
    /// Headers passed on.
    pub pass_through_list: Vec<String>,
}

/// Where a parameter of a Dubbo method comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DubboParameter {
    /// The parameter's name in the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_key: Option<String>,
    /// `ALL_QUERY_PARAMETER`, `ALL_HEADER`, `ALL_PATH` or `ALL_BODY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extract_key_spec: Option<String>,
    /// The Java type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping_type: Option<String>,
}

/// What a request must be like; every condition must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct HttpRouteMatch {
    /// On headers.
    pub headers: Vec<ValueMatch>,
    /// Whether letter case of the path does not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_uri_case: Option<bool>,
    /// Methods; any where empty.
    pub methods: Vec<String>,
    /// On the path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<PathMatch>,
    /// On query parameters.
    pub query_params: Vec<ValueMatch>,
}

/// A condition on a header or query parameter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ValueMatch {
    /// The header or parameter.
    pub name: String,
    /// `Exact`, `Prefix` or `Regex`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The value.
    pub value: String,
}

/// A condition on the path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct PathMatch {
    /// `Exact`, `Prefix` or `Regex`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The path, prefix or expression.
    pub value: String,
}

/// How a route serves MCP.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct McpRouteConfig {
    /// The path of the server behind; needed for `SSE` and `StreamableHTTP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposed_uri_path: Option<String>,
    /// Whether calls of tools are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcp_statistics_enable: Option<bool>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
}

/// A route.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HttpRoute {
    /// Where traffic goes.
    pub backend: Backend,
    /// Whether the system made it, `true` or `false` as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub builtin: Option<String>,
    /// When it was made, milliseconds since the epoch.
    pub create_timestamp: i64,
    /// `NotDeployed`, `Deploying`, `Deployed`, …
    pub deploy_status: String,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Domains it is reached under.
    pub domain_infos: Vec<DomainInfo>,
    /// The environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_info: Option<RouteEnvironment>,
    /// State of deployment by gateway.
    pub gateway_status: BTreeMap<String, String>,
    /// What a request must be like.
    #[serde(rename = "match")]
    pub matches: HttpRouteMatch,
    /// The MCP server behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcp_server_info: Option<RouteMcpServer>,
    /// The name.
    pub name: String,
    /// The route's id.
    pub route_id: String,
    /// When it was last changed, milliseconds since the epoch.
    pub update_timestamp: i64,
}

/// The environment of a route.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RouteEnvironment {
    /// The name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The environment's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment_id: Option<String>,
    /// The gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_info: Option<GatewayInfo>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Host names of the environment.
    pub sub_domains: Vec<SubDomainInfo>,
}

/// The MCP server behind a route.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RouteMcpServer {
    /// `ApiGatewayHttpToMCP`, `ApiGatewayProxyMcpHosting`, `ApiGatewayAssembly`, `NacosHttpToMCP` or `NacosMcpHosting`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub create_from_type: Option<String>,
    /// The registry it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_instance_id: Option<String>,
    /// Its id there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_mcp_server_id: Option<String>,
    /// Its namespace there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_namespace: Option<String>,
    /// For APIs of type `MCP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcp_route_config: Option<McpRouteConfig>,
    /// The tools.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcp_server_config: Option<String>,
}

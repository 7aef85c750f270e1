//! Routes: what they match, where to, and their policies.

use super::{Cors, DubboTranscoder, FlowMirror, HeaderOp, HttpRewrite, Retry, Timeout};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An answer that needs no service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DirectResponse {
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
}

/// A service that a route sends traffic to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RouteService {
    /// The protocol, such as `DUBBO`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement_type: Option<String>,
    /// The group in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The share in percent; shares add up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<i32>,
    /// The service's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<i64>,
    /// The port; the endpoint's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_port: Option<i32>,
    /// `VIP`, `DNS`, `K8s`, `MSE`, `MSE_ZK`, `EDAS`, `SAE` or `FC`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<String>,
    /// The service's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// For Dubbo services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_dubbo_transcoder: Option<DubboTranscoder>,
    /// The service's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name: Option<String>,
    /// `Health`, `Unhealthy` or `Unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_status: Option<String>,
    /// Endpoints that fail their checks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unhealthy_endpoints: Option<Vec<String>>,
}

/// What a request must be like; every condition must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RoutePredicates {
    /// On headers.
    pub header_predicates: Vec<ValuePredicate>,
    /// Methods; any where empty.
    pub method_predicates: Vec<String>,
    /// On the path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_predicates: Option<PathPredicate>,
    /// On query parameters.
    pub query_predicates: Vec<ValuePredicate>,
}

/// A condition on a header or query parameter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ValuePredicate {
    /// The header or parameter.
    pub key: String,
    /// `EQUAL`, `PRE`, or `ERGULAR` for a regular expression, which is how it is really spelt; `REGULAR` is read too.
    #[serde(rename = "Type")]
    pub kind: String,
    /// The value.
    pub value: String,
}

/// A condition on the path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct PathPredicate {
    /// Whether letter case does not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignore_case: Option<bool>,
    /// The path.
    pub path: String,
    /// `EQUAL`, `PRE`, or `ERGULAR` for a regular expression, which is how it is really spelt; `REGULAR` is read too.
    #[serde(rename = "Type")]
    pub kind: String,
}

/// A redirect.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct Redirect {
    /// 301, 302, 303, 307 or 308.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// The new host; the request's where empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// Which routes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RouteFilter {
    /// The first service.
    pub default_service_id: Option<i64>,
    /// The domain by number; 0 is the domain `*`.
    pub domain_id: Option<i64>,
    /// The domain's name.
    pub domain_name: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Part of the name.
    pub name: Option<String>,
    /// The path.
    pub path: Option<String>,
    /// 0–100, smaller first.
    pub route_order: Option<i32>,
    /// Only routes with this status.
    pub status: Option<i32>,
}

/// A route in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RouteSummary {
    /// Why the status is what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<StatusComment>,
    /// The first service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_service_id: Option<i64>,
    /// The first service's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_service_name: Option<String>,
    /// `Single`, `Multiple`, `VersionOriented`, `Mock` or `Redirect`.
    pub destination_type: String,
    /// For `Mock`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_response: Option<DirectResponse>,
    /// The domain by number; 0 is the domain `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_id: Option<i64>,
    /// Domains by number.
    pub domain_id_list: Vec<i64>,
    /// The domain's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_name: Option<String>,
    /// The domains' names.
    pub domain_name_list: Vec<String>,
    /// Whether traffic labels choose the service.
    pub dynamic_route: bool,
    /// Whether the application firewall is on, `true` or `false` as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_waf: Option<String>,
    /// Whether `FallbackServices` step in when no endpoint is there.
    pub fallback: bool,
    /// Services that step in.
    pub fallback_services: Vec<RouteService>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// The number.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The same as JSON text.
    pub predicates: String,
    /// For `Redirect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Redirect>,
    /// 0–100, smaller first.
    pub route_order: i32,
    /// What a request must be like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_predicates: Option<RoutePredicates>,
    /// Where traffic goes.
    pub route_services: Vec<RouteService>,
    /// The same as JSON text.
    pub services: String,
    /// 0 not published, 2 publishing, 3 published, 4 edited and not published, 5 going offline, 6 unavailable.
    pub status: i32,
    /// `Op` or `Ingress`.
    #[serde(rename = "Type")]
    pub kind: String,
}

/// Why the status is what it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct StatusComment {
    /// The reason.
    pub status: String,
}

/// A route with its policies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct RouteDetail {
    /// 1 where limits are active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahas_status: Option<i32>,
    /// How it answers to other origins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors: Option<Cors>,
    /// The first service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_service_id: Option<i64>,
    /// The first service's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_service_name: Option<String>,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `Single`, `Multiple`, `VersionOriented`, `Mock` or `Redirect`.
    pub destination_type: String,
    /// For `Mock`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct_response: Option<DirectResponse>,
    /// The domain by number; 0 is the domain `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_id: Option<i64>,
    /// Domains by number.
    pub domain_id_list: Vec<i64>,
    /// The domain's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_name: Option<String>,
    /// The domains' names.
    pub domain_name_list: Vec<String>,
    /// Whether the application firewall is on.
    pub enable_waf: bool,
    /// Whether `FallbackServices` step in when no endpoint is there.
    pub fallback: bool,
    /// Services that step in.
    pub fallback_services: Vec<RouteService>,
    /// A copy of the traffic for another service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow_mirror: Option<FlowMirror>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// How it rewrites path and host.
    #[serde(rename = "HTTPRewrite", skip_serializing_if = "Option::is_none")]
    pub http_rewrite: Option<HttpRewrite>,
    /// What it does to headers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_op: Option<HeaderOp>,
    /// The number.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The policies as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<String>,
    /// The same as JSON text.
    pub predicates: String,
    /// For `Redirect`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Redirect>,
    /// When it tries again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
    /// 0–100, smaller first.
    pub route_order: i32,
    /// What a request must be like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route_predicates: Option<RoutePredicates>,
    /// Where traffic goes.
    pub route_services: Vec<RouteService>,
    /// The same as JSON text.
    pub services: String,
    /// 0 not published, 2 publishing, 3 published, 4 edited and not published, 5 going offline, 6 unavailable.
    pub status: i32,
    /// How long it waits for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<Timeout>,
}

/// A route that is gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct DeletedRoute {
    /// The first service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_service_id: Option<i64>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// The number.
    pub id: i64,
    /// The name.
    pub name: String,
    /// What a request had to be like, JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predicates: Option<String>,
    /// 0–100, smaller first.
    pub route_order: i32,
    /// The last status.
    pub status: i32,
}

//! How services get their traffic.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a service gets its traffic, as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListedTrafficPolicy {
    /// How load is balanced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_settings: Option<ListedLoadBalancerSettings>,
    /// How the gateway speaks TLS to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<ListedTls>,
}

/// How load is balanced, as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListedLoadBalancerSettings {
    /// For `CONSISTENT_HASH`.
    #[serde(rename = "ConsistentHashLBConfig", skip_serializing_if = "Option::is_none")]
    pub consistent_hash_lb_config: Option<ListedConsistentHash>,
    /// `ROUND_ROBIN`, `LEAST_CONN`, `RANDOM` or `CONSISTENT_HASH`.
    #[serde(rename = "LoadbalancerType", skip_serializing_if = "Option::is_none")]
    pub load_balancer_type: Option<String>,
    /// Seconds over which a new endpoint gets its full share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmup_duration: Option<i64>,
}

/// What is hashed, as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListedConsistentHash {
    /// `HEADER`, `QUERY_PARAMETER`, `COOKIE` or `SOURCE_IP`.
    #[serde(rename = "ConsistentHashLBType", skip_serializing_if = "Option::is_none")]
    pub consistent_hash_lb_type: Option<String>,
    /// For `COOKIE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_cookie: Option<ListedHashCookie>,
    /// The least size of the ring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_ring_size: Option<i64>,
    /// The header or parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter_name: Option<String>,
}

/// The cookie that is hashed, as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListedHashCookie {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How long the cookie lives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<String>,
}

/// How the gateway speaks TLS to the service, as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListedTls {
    /// Certificates of the authorities to trust, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_cert_content: Option<String>,
    /// The certificate of the authority to trust.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_cert_id: Option<String>,
    /// The certificate to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_id: Option<String>,
    /// `DISABLE`, `SIMPLE`, `MUTUAL` or `ISTIO_MUTUAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// The name to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sni: Option<String>,
    /// Names that the certificate of the service must cover.
    pub subject_alt_names: Vec<String>,
}

/// How a service gets its traffic.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct TrafficPolicy {
    /// How load is balanced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_settings: Option<LoadBalancerSettings>,
    /// How the gateway speaks TLS to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_setting: Option<TlsSetting>,
}

/// How load is balanced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct LoadBalancerSettings {
    /// For `CONSISTENT_HASH`.
    #[serde(rename = "ConsistentHashLBConfig", skip_serializing_if = "Option::is_none")]
    pub consistent_hash_lb_config: Option<ConsistentHash>,
    /// `ROUND_ROBIN`, `LEAST_CONN`, `RANDOM` or `CONSISTENT_HASH`.
    #[serde(rename = "LoadbalancerType", skip_serializing_if = "Option::is_none")]
    pub load_balancer_type: Option<String>,
    /// Seconds over which a new endpoint gets its full share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmup_duration: Option<i64>,
}

/// What is hashed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ConsistentHash {
    /// `HEADER`, `QUERY_PARAMETER`, `COOKIE` or `SOURCE_IP`.
    #[serde(rename = "ConsistentHashLBType", skip_serializing_if = "Option::is_none")]
    pub consistent_hash_lb_type: Option<String>,
    /// For `COOKIE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_cookie: Option<HashCookie>,
    /// The header or parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter_name: Option<String>,
}

/// The cookie that is hashed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct HashCookie {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How long the cookie lives, such as `0s`.
    #[serde(rename = "TTL", alias = "Ttl", skip_serializing_if = "Option::is_none")]
    pub ttl: Option<String>,
}

/// How the gateway speaks TLS to the service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct TlsSetting {
    /// Certificates of the authorities to trust, PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_cert_content: Option<String>,
    /// The certificate to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert_id: Option<String>,
    /// The name to ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sni: Option<String>,
    /// `DISABLE`, `SIMPLE` or `MUTUAL`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls_mode: Option<String>,
}

/// The traffic policy of one port.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PortTrafficPolicy {
    /// The gateway's id, `gw-…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_unique_id: Option<String>,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_create: Option<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gmt_modified: Option<String>,
    /// The number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// The service's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<i64>,
    /// The port; the endpoint's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_port: Option<i32>,
    /// The traffic policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_policy: Option<TrafficPolicy>,
}

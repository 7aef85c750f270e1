//! Gateways as answers show them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A zone and the switch in it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ZoneInfo {
    /// The switch's id.
    pub v_switch_id: Option<String>,
    /// The zone, such as `cn-hangzhou-e`.
    pub zone_id: Option<String>,
}

/// Which gateways.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GatewayFilter {
    /// The kind of gateway.
    pub gateway_type: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The instance's id, `mse_ingresspost-…`.
    pub instance_id: Option<String>,
    /// The tag of the edition.
    pub mse_tag: Option<String>,
    /// Part of the name.
    pub name: Option<String>,
    /// The resource group.
    pub resource_group_id: Option<String>,
    /// The virtual network's id. Informational.
    pub vpc: Option<String>,
}

/// A gateway. Which fields an answer has depends on the operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Gateway {
    /// Whether flow protection is on.
    pub ahas_on: bool,
    /// The version of the engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_version: Option<String>,
    /// Whether monitoring is on.
    pub arms_on: bool,
    /// `POSTPAY` or `PREPAY`. Informational.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charge_type: Option<String>,
    /// The version in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<String>,
    /// Whether it grows by itself.
    pub elastic: bool,
    /// The instance that it grows with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elastic_instance_id: Option<String>,
    /// When it grows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elastic_policy: Option<ElasticPolicy>,
    /// How many nodes it has grown by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elastic_replica: Option<i32>,
    /// `CronHPA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elastic_type: Option<String>,
    /// The end of a prepaid term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    /// Where traffic enters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_entry: Option<Vec<GatewayEntry>>,
    /// The kind of gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_type: Option<String>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// The version of the gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_version: Option<String>,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// The number.
    pub id: i64,
    /// What was chosen at creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub init_config: Option<InitConfig>,
    /// The instance's id, `mse_ingresspost-…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    /// Load balancers on the internet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internet_slb: Option<Vec<GatewaySlb>>,
    /// The newest version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest_version: Option<String>,
    /// When maintenance may be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maintenance_period: Option<MaintenancePeriod>,
    /// The tag of the edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mse_tag: Option<String>,
    /// The edition, such as `mse_pro`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mse_version: Option<String>,
    /// Whether the version in use is too old.
    pub must_upgrade: bool,
    /// The name.
    pub name: String,
    /// The account.
    pub primary_user: String,
    /// The region.
    pub region: String,
    /// How many nodes, 1–30. Informational.
    pub replica: i32,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// Whether it can go back to the version before.
    pub roll_back: bool,
    /// Load balancers inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slb: Option<Vec<GatewaySlb>>,
    /// The specification's name, such as `MSE_GTW_2_4_200_c`. Informational.
    pub spec: String,
    /// 0 creating, 1 failed, 2 running, 3 changing, 8 going away, …
    pub status: i32,
    /// The status in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_desc: Option<String>,
    /// Whether Wasm plugins can be had.
    pub support_wasm: bool,
    /// Tags as JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// All nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_replica: Option<i32>,
    /// Whether it can be upgraded.
    pub upgrade: bool,
    /// Where in its life the version is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_lifecycle: Option<String>,
    /// The virtual network's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<String>,
    /// The second switch's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vswitch2: Option<String>,
    /// Where access logs go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_config_details: Option<LogConfig>,
    /// The security group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_group: Option<String>,
    /// The virtual network's id. Informational.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc: Option<String>,
    /// The switch's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vswitch: Option<String>,
    /// How many requests are traced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xtrace_details: Option<XtraceConfig>,
    /// Options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_option: Option<GatewayOption>,
}

/// When a gateway grows. Informational.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ElasticPolicy {
    /// Whether it grows by itself.
    pub elastic: bool,
    /// `CronHPA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elastic_type: Option<String>,
    /// Times in which it may grow.
    pub enable_scale_time_policy_list: Vec<ScaleWindow>,
    /// Whether load gives a warning.
    pub load_warning_threshold: bool,
    /// The most nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_replica: Option<i32>,
    /// How far it grows, and when.
    pub time_policy_list: Vec<TimePolicy>,
}

/// A time in which a gateway may grow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ScaleWindow {
    /// The end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// The begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
}

/// How far a gateway grows in a time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct TimePolicy {
    /// How many nodes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desired_replica: Option<i32>,
    /// The end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// The begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
}

/// Where traffic enters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GatewayEntry {
    /// The host name.
    pub entry_domain: String,
    /// Ports for HTTP.
    pub http_ports: Vec<i32>,
    /// Ports for HTTPS.
    pub https_ports: Vec<i32>,
    /// IPv4 addresses.
    pub ip_list: Vec<String>,
    /// IPv6 addresses.
    pub ipv6_list: Vec<String>,
    /// `PUB_NET` or `PRIVATE_NET`.
    pub net_type: String,
    /// The state.
    pub status: String,
}

/// What was chosen at creation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct InitConfig {
    /// Whether the application firewall is on.
    pub enable_waf: bool,
    /// Whether the application firewall can be had.
    pub support_waf: bool,
}

/// A load balancer of a gateway.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GatewaySlb {
    /// `UserHost` for one made with the gateway, `UserSelect` for one bound later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_slb_mode: Option<String>,
    /// `Ready` and others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_slb_status: Option<String>,
    /// How traffic is charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub internet_network_flow: Option<String>,
    /// The load balancer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slb_id: Option<String>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slb_ip: Option<String>,
    /// The port.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slb_port: Option<String>,
    /// The size of the load balancer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slb_spec: Option<String>,
    /// The status in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_desc: Option<String>,
    /// `PUB_NET` or `PRIVATE_NET`.
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// When maintenance may be done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct MaintenancePeriod {
    /// The end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// The begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    /// The time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Where access logs go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LogConfig {
    /// Whether access logs are collected.
    pub log_enabled: bool,
    /// The log store.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_store_name: Option<String>,
    /// The log project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_name: Option<String>,
}

/// How many requests are traced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct XtraceConfig {
    /// How many of the requests, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<i32>,
    /// Whether requests are traced.
    pub trace_on: bool,
}

/// Options of a gateway.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GatewayOption {
    /// Whether HTTP/2 is left out of TLS negotiation.
    pub disable_http2_alpn: bool,
    /// Whether hardware speeds up TLS.
    pub enable_hardware_acceleration: bool,
    /// Whether the application firewall is on.
    pub enable_waf: bool,
    /// Where access logs go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_config_details: Option<LogConfig>,
    /// How it reports traces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_details: Option<TraceConfig>,
}

/// How a gateway reports traces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct TraceConfig {
    /// How many of the requests, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<i64>,
    /// The service, for `SKYWALKING`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_id: Option<i64>,
    /// The port, for `SKYWALKING`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_port: Option<String>,
    /// Whether requests are traced.
    pub trace_enabled: bool,
    /// `XTRACE` or `SKYWALKING`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_type: Option<String>,
}

/// A zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Zone {
    /// The name shown.
    pub local_name: String,
    /// Whether hardware speeds up TLS.
    pub support_qat: bool,
    /// The zone, such as `cn-hangzhou-e`.
    pub zone_id: String,
}

//! Gateways as answers show them, and parts of requests about them.

use crate::apig::SubDomainInfo;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where access logs go.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct LogConfig {
    /// Log service.
    pub sls: Option<SlsConfig>,
}

/// Whether access logs are collected.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SlsConfig {
    /// Whether it is on.
    pub enable: Option<bool>,
}

/// Which networks a gateway serves.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct NetworkAccessConfig {
    /// `Internet`, `Intranet` or `InternetAndIntranet`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct Tag {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// In which zones a gateway is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ZoneConfig {
    /// `Auto` or `Manual`.
    pub select_option: Option<String>,
    /// The switch's id.
    pub v_switch_id: Option<String>,
    /// Zones.
    pub zones: Vec<ZoneChoice>,
}

/// A zone and the switch in it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ZoneChoice {
    /// The switch's id.
    pub v_switch_id: Option<String>,
    /// The zone, such as `cn-hangzhou-e`.
    pub zone_id: Option<String>,
}

/// A gateway.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Gateway {
    /// `POSTPAY` or `PREPAY`. Informational.
    pub charge_type: String,
    /// What made it, such as `Console`.
    pub create_from: String,
    /// When it was made, milliseconds since the epoch.
    pub create_timestamp: i64,
    /// Environments, the default one first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environments: Option<Vec<GatewayEnvironment>>,
    /// The end, milliseconds since the epoch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expire_timestamp: Option<i64>,
    /// `Professional`, `Serverless` or `MultiTenantServerless`.
    pub gateway_edition: String,
    /// The gateway's id.
    pub gateway_id: String,
    /// `ENTERPRISE` or `STANDARD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_mode: Option<String>,
    /// `API` or `AI`.
    pub gateway_type: String,
    /// The line, such as `BGP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub isp: Option<String>,
    /// Where traffic enters.
    pub load_balancers: Vec<LoadBalancer>,
    /// When maintenance may be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maintenance_period: Option<MaintenancePeriod>,
    /// The name.
    pub name: String,
    /// How many nodes, as text.
    pub replicas: String,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// The security group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_group: Option<SecurityGroup>,
    /// The specification's name, such as `apigw.small.x1`. Informational.
    pub spec: String,
    /// `Creating`, `Running`, `Deleting`, …
    pub status: String,
    /// Tags.
    pub tags: Vec<Tag>,
    /// The newest version it can be upgraded to.
    pub target_version: String,
    /// The tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant_id: Option<String>,
    /// When it was last changed, milliseconds since the epoch.
    pub update_timestamp: i64,
    /// The switch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch: Option<VSwitch>,
    /// The version.
    pub version: String,
    /// The virtual network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc: Option<VpcInfo>,
    /// Zones.
    pub zones: Vec<GatewayZone>,
    /// Whether the engine is older than the split of products.
    pub legacy: bool,
    /// Host names of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_domain_infos: Option<Vec<SubDomainInfo>>,
}

/// An environment of a gateway in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GatewayEnvironment {
    /// The name shown.
    pub alias: String,
    /// The environment's id.
    pub environment_id: String,
    /// The name.
    pub name: String,
}

/// An entry point of a gateway.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancer {
    /// The address or host name.
    pub address: String,
    /// `ipv4` or `ipv6`.
    pub address_ip_version: String,
    /// `Internet` or `Intranet`.
    pub address_type: String,
    /// Whether it was made with the gateway.
    pub gateway_default: bool,
    /// IPv4 addresses.
    pub ipv4_addresses: Vec<String>,
    /// IPv6 addresses.
    pub ipv6_addresses: Vec<String>,
    /// The id.
    pub load_balancer_id: String,
    /// `Managed`.
    pub mode: String,
    /// Ports.
    pub ports: Vec<LoadBalancerPort>,
    /// `Ready` or `NotCreate`.
    pub status: String,
    /// `NLB` or `CLB`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A port of an entry point.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancerPort {
    /// The port.
    pub port: i32,
    /// The protocol.
    pub protocol: String,
}

/// When maintenance may be done, `hh:mm`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MaintenancePeriod {
    /// The end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// The begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
}

/// A security group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroup {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The security group's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_group_id: Option<String>,
}

/// A virtual switch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct VSwitch {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The switch's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch_id: Option<String>,
}

/// A virtual network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct VpcInfo {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The virtual network's id. Informational.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc_id: Option<String>,
}

/// A zone that a gateway is in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GatewayZone {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The switch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v_switch: Option<VSwitch>,
    /// The zone, such as `cn-hangzhou-e`.
    pub zone_id: String,
}

/// What a board is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DashboardFilter {
    /// The route's name.
    pub route_name: Option<String>,
}

/// A gateway in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GatewayInfo {
    /// The version of the engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine_version: Option<String>,
    /// `Professional`, `Serverless` or `MultiTenantServerless`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_edition: Option<String>,
    /// The gateway's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_id: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The virtual network.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpc_info: Option<VpcInfo>,
}

//! Services: their endpoints, versions and traffic policies.

use super::{ListedTrafficPolicy, PortTrafficPolicy, TrafficPolicy};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Services of a source that are not imported yet, by namespace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AvailableNamespace {
    /// The group in the registry.
    pub group_name: String,
    /// The namespace.
    pub namespace: String,
    /// The namespace as shown.
    pub namespace_show_name: String,
    /// Services.
    pub services: Vec<AvailableService>,
}

/// A service of a source that is not imported yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct AvailableService {
    /// The group in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// The name.
    pub name: String,
    /// The namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sae_app_id: Option<String>,
    /// The source's number as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// Sources by number.
    pub source_id_list: Vec<i64>,
    /// `VIP`, `DNS`, `K8s`, `MSE`, `MSE_ZK`, `EDAS`, `SAE` or `FC`.
    pub source_type: String,
}

/// A service to be made or imported.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ImportedService {
    /// Name servers to ask; those of the machine where empty.
    pub dns_server_list: Vec<String>,
    /// The group in the registry.
    pub group_name: Option<String>,
    /// `ip:port` for VIP, `host` or `host:port` for DNS.
    pub ips: Vec<String>,
    /// The name.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The application.
    pub sae_app_id: Option<String>,
    /// The port; the endpoint's own where absent.
    pub service_port: Option<i32>,
    /// `HTTP`, `HTTPS`, `HTTP2`, `GRPC` or `DUBBO`.
    pub service_protocol: Option<String>,
}

/// How a gateway speaks TLS to the services.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ImportedTls {
    /// `DISABLE`, `SIMPLE` or `MUTUAL`.
    #[serde(rename = "mode", alias = "Mode", alias = "TlsMode")]
    pub mode: Option<String>,
    /// The certificate to show.
    #[serde(rename = "certId", alias = "CertId")]
    pub cert_id: Option<String>,
    /// The certificate of the authority to trust.
    #[serde(rename = "caCertId", alias = "CaCertId")]
    pub ca_cert_id: Option<String>,
    /// Certificates of the authorities to trust, PEM.
    #[serde(rename = "caCertContent", alias = "CaCertContent")]
    pub ca_cert_content: Option<String>,
    /// The name to ask for.
    #[serde(rename = "sni", alias = "Sni")]
    pub sni: Option<String>,
}

/// Which services.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ServiceFilter {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The group in the registry.
    pub group_name: Option<String>,
    /// Part of the name.
    pub name: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// `HTTP`, `HTTPS`, `HTTP2`, `GRPC` or `DUBBO`.
    pub service_protocol: Option<String>,
    /// `VIP`, `DNS`, `K8s`, `MSE`, `MSE_ZK`, `EDAS`, `SAE` or `FC`.
    pub source_type: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

/// A service in a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceSummary {
    /// Name servers to ask; those of the machine where empty.
    pub dns_server_list: Vec<String>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// How it gets its traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_traffic_policy: Option<ListedTrafficPolicy>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// The group in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// `HealthStatus` again, under the name that some clients read.
    pub healeh_status: String,
    /// Whether endpoints are checked.
    pub health_check: bool,
    /// How endpoints are checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check_info: Option<HealthCheckInfo>,
    /// `Health`, `Unhealthy` or `Unknown`.
    pub health_status: String,
    /// The number.
    pub id: i64,
    /// `ip:port` for VIP, `host` or `host:port` for DNS.
    pub ips: Vec<String>,
    /// Facts from the registry, JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta_info: Option<String>,
    /// The name.
    pub name: String,
    /// The namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Ports.
    pub ports: Vec<i32>,
    /// The name inside the gateway.
    #[serde(rename = "ServiceFQDN", skip_serializing_if = "Option::is_none")]
    pub service_fqdn: Option<String>,
    /// The name in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name_in_registry: Option<String>,
    /// The port; the endpoint's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_port: Option<i32>,
    /// `HTTP`, `HTTPS`, `HTTP2`, `GRPC` or `DUBBO`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_protocol: Option<String>,
    /// The source's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<i64>,
    /// `VIP`, `DNS`, `K8s`, `MSE`, `MSE_ZK`, `EDAS`, `SAE` or `FC`.
    pub source_type: String,
    /// Endpoints that fail their checks.
    pub unhealthy_endpoints: Vec<String>,
    /// Versions.
    pub versions: Vec<ServiceVersionName>,
}

/// How endpoints are checked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct HealthCheckInfo {
    /// Whether endpoints are checked.
    pub check: bool,
    /// What counts as healthy.
    pub expected_statuses: Vec<i32>,
    /// Successes until an endpoint counts as healthy; 2 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healthy_threshold: Option<i32>,
    /// The host to ask under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_host: Option<String>,
    /// The path to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_path: Option<String>,
    /// Seconds between checks; 2 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<i32>,
    /// `HTTP` or `TCP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// Seconds to wait for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i32>,
    /// Failures until an endpoint counts as unhealthy; 2 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unhealthy_threshold: Option<i32>,
}

/// The name of a version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceVersionName {
    /// The name.
    pub name: String,
}

/// A service with its versions and traffic policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceDetail {
    /// Name servers to ask; those of the machine where empty.
    pub dns_server_list: Vec<String>,
    /// The gateway's number.
    pub gateway_id: i64,
    /// How it gets its traffic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_traffic_policy: Option<TrafficPolicy>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// The group in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_name: Option<String>,
    /// Whether endpoints are checked, `true` or `false` as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health_check: Option<String>,
    /// `Health`, `Unhealthy` or `Unknown`.
    pub health_status: String,
    /// The number.
    pub id: i64,
    /// `ip:port` for VIP, `host` or `host:port` for DNS.
    pub ips: Vec<String>,
    /// Labels seen on endpoints.
    pub label_details: Vec<LabelValues>,
    /// Facts from the registry, JSON text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta_info: Option<String>,
    /// The name.
    pub name: String,
    /// The namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// Traffic policies by port.
    pub port_traffic_policy_list: Vec<PortTrafficPolicy>,
    /// Ports.
    pub ports: Vec<i32>,
    /// The name inside the gateway.
    #[serde(rename = "ServiceFQDN", skip_serializing_if = "Option::is_none")]
    pub service_fqdn: Option<String>,
    /// The name in the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_name_in_registry: Option<String>,
    /// The port; the endpoint's own where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_port: Option<i32>,
    /// `HTTP`, `HTTPS`, `HTTP2`, `GRPC` or `DUBBO`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_protocol: Option<String>,
    /// The source's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<i64>,
    /// `VIP`, `DNS`, `K8s`, `MSE`, `MSE_ZK`, `EDAS`, `SAE` or `FC`.
    pub source_type: String,
    /// Versions with their share of endpoints.
    pub version_details: Vec<VersionDetail>,
    /// Versions.
    pub versions: Vec<VersionLabel>,
}

/// A label and the values seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct LabelValues {
    /// The key.
    pub key: String,
    /// The values.
    pub values: Vec<String>,
}

/// A version with its share of endpoints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct VersionDetail {
    /// How many endpoints.
    pub endpoint_num: i32,
    /// The same in percent, such as `20%`.
    pub endpoint_num_percent: String,
    /// The version.
    pub service_version: ServiceVersion,
}

/// A version of a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceVersion {
    /// Endpoints with all of these labels form the version.
    pub labels: Vec<Label>,
    /// The name.
    pub name: String,
}

/// A label of endpoints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Label {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// A label of a version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct VersionLabel {
    /// The label.
    pub label: String,
    /// The type.
    #[serde(rename = "Type")]
    pub kind: String,
    /// The value.
    pub value: String,
}

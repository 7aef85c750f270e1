//! Sources as answers show them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which Kubernetes Ingress objects become routes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct IngressOptions {
    /// Whether Ingress objects are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_ingress: Option<bool>,
    /// Whether addresses are written back to Ingress objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_status: Option<bool>,
    /// The Ingress class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingress_class: Option<String>,
    /// The namespace; all where empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watch_namespace: Option<String>,
}

/// A port of a security group to open.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SecurityGroupOpening {
    /// Free text.
    pub description: Option<String>,
    /// Such as `8080/8080`.
    pub port_range: Option<String>,
    /// The security group's id.
    pub security_group_id: Option<String>,
}

/// A source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceSource {
    /// Cluster id, endpoint or namespace of the source.
    pub address: String,
    /// 1 where it is bound to the gateway.
    pub binding_with_gateway: i32,
    /// The gateway's number.
    pub gateway_id: i64,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: String,
    /// When it was made.
    pub gmt_create: String,
    /// When it was last changed.
    pub gmt_modified: String,
    /// Groups to read.
    pub group_list: Vec<String>,
    /// The number.
    pub id: i64,
    /// Which Ingress objects become routes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingress_options: Option<IngressOptions>,
    /// Whether it cannot be reached any more.
    pub invalid: bool,
    /// The name.
    pub name: String,
    /// Roots to read.
    pub path_list: Vec<String>,
    /// `K8s`, `MSE` (or `NACOS`), `MSE_ZK`, `EDAS` or `SAE`.
    pub source: String,
    /// The source's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_unique_id: Option<String>,
    /// The type.
    #[serde(rename = "Type")]
    pub kind: String,
}

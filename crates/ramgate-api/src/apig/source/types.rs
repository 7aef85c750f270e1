//! Parts of requests about sources.

use schemars::JsonSchema;
use serde::Deserialize;

/// A Kubernetes cluster as a source.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct K8sSourceConfig {
    /// Ports to open.
    pub authorize_security_group_rules: Vec<SecurityGroupOpening>,
    /// The cluster.
    pub cluster_id: Option<String>,
}

/// Ports of a security group to open.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SecurityGroupOpening {
    /// Free text.
    pub description: Option<String>,
    /// Ranges such as `8080/8080`.
    pub port_ranges: Vec<String>,
    /// The security group's id.
    pub security_group_id: Option<String>,
}

/// A Nacos registry as a source.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct NacosSourceConfig {
    /// The instance.
    pub instance_id: Option<String>,
}

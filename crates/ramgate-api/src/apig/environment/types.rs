//! Environments as answers show them.

use crate::apig::GatewayInfo;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A host name that an environment has of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SubDomainInfo {
    /// The domain's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_id: Option<String>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `Internet` or `Intranet`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_type: Option<String>,
    /// The protocol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
}

/// An environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    /// The name shown.
    pub alias: String,
    /// When it was made, milliseconds since the epoch.
    pub create_timestamp: i64,
    /// Whether it is the default.
    pub default: bool,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The environment's id.
    pub environment_id: String,
    /// The gateway.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gateway_info: Option<GatewayInfo>,
    /// The name.
    pub name: String,
    /// The resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<String>,
    /// Counts, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics_info: Option<EnvironmentStatistics>,
    /// Host names of its own.
    pub sub_domain_infos: Vec<SubDomainInfo>,
    /// When it was last changed, milliseconds since the epoch.
    pub update_timestamp: i64,
}

/// What is deployed to an environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentStatistics {
    /// By type.
    pub resource_statistics: Vec<ResourceStatistic>,
    /// All together.
    pub total_count: i32,
}

/// How many resources of one type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResourceStatistic {
    /// How many.
    pub resource_count: i32,
    /// The type of the resource.
    pub resource_type: String,
}

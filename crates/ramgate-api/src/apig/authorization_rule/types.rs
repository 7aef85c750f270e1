//! Parts of authorization rules.

use schemars::JsonSchema;
use serde::Deserialize;

/// A resource that a rule is about.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AuthorizationResourceInfo {
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The HTTP API that the resource belongs to.
    pub parent_resource_id: Option<String>,
    /// The id of the resource.
    pub resource_id: Option<String>,
}

/// A rule to be made.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct NewAuthorizationRule {
    /// The consumer group's id.
    pub consumer_group_id: Option<String>,
    /// The consumer's id.
    pub consumer_id: Option<String>,
    /// `LongTerm`, or `ShortTerm` with `expireTimestamp`.
    pub expire_mode: Option<String>,
    /// The end, milliseconds since the epoch.
    pub expire_timestamp: Option<i64>,
    /// `Consumer` or `ConsumerGroup`.
    pub principal_type: Option<String>,
    /// The resource.
    pub resource_identifier: Option<ResourceIdentifier>,
    /// The type of the resource.
    pub resource_type: Option<String>,
}

/// A resource that a rule is about.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ResourceIdentifier {
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The HTTP API that the resource belongs to.
    pub parent_resource_id: Option<String>,
    /// The id of the resource.
    pub resource_id: Option<String>,
    /// Further resources.
    pub resources: Vec<String>,
}

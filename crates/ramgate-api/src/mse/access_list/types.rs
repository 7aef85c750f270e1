//! Parts of requests about lists of addresses.

use schemars::JsonSchema;
use serde::Deserialize;

/// Which lists.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct BlackWhiteListFilter {
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Whether the list says who may, rather than who may not.
    pub is_white: Option<bool>,
    /// `GATEWAY`, `DOMAIN` or `ROUTE`.
    pub resource_type: Option<String>,
    /// What is looked for.
    pub search_content: Option<String>,
    /// `ROUTE`, `DOMAIN` or `IP`.
    pub search_type: Option<String>,
    /// `IP`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
}

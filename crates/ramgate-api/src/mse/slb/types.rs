//! Parts of requests about load balancers.

use schemars::JsonSchema;
use serde::Deserialize;

/// A port and the servers behind it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct VService {
    /// The port.
    pub port: Option<i32>,
    /// `HTTP` or `HTTPS`.
    pub protocol: Option<String>,
    /// The servers behind it.
    pub v_server_group_id: Option<String>,
    /// Their name.
    pub v_server_group_name: Option<String>,
}

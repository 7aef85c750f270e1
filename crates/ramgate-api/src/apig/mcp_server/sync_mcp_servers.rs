//! SyncMCPServers.

use super::NacosMcpServer;
use crate::apig::{APIG, MCP_SERVER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes MCP servers over from a registry.
    ///
    /// Source: APIG API reference 2024-03-27, SyncMCPServers.
    SyncMCPServers {
        product: APIG,
        bind: (POST "/v1/mcp-servers/sync-mcp-server"),
        access: None,
        resource: (ALL or (MCP_SERVER, *)),
        conditions: [],
        request: SyncMCPServersRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND, errors::SOURCE_NOT_FOUND],
        required: ["gatewayId", "sourceId", "nacosMcpServers"],
    }
}

/// What [`SyncMCPServers`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct SyncMCPServersRequest {
    /// Domains by id.
    pub domain_ids: Vec<String>,
    /// The gateway's id.
    pub gateway_id: String,
    /// The servers.
    pub nacos_mcp_servers: Vec<NacosMcpServer>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The source's id.
    pub source_id: String,
}

impl Validate for SyncMCPServersRequest {}

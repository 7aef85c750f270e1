//! DeployMcpServer.

use crate::apig::{APIG, MCP_SERVER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Brings an MCP server into traffic.
    ///
    /// Source: APIG API reference 2024-03-27, DeployMcpServer.
    DeployMcpServer {
        product: APIG,
        bind: (POST "/v1/mcp-servers/{mcpServerId}/deploy"),
        access: None,
        resource: (ALL or (MCP_SERVER, mcp_server_id)),
        conditions: [],
        request: DeployMcpServerRequest,
        response: Unbuilt,
        errors: [errors::MCP_SERVER_NOT_FOUND],
    }
}

/// What [`DeployMcpServer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeployMcpServerRequest {
    /// The MCP server's id.
    pub mcp_server_id: String,
}

impl Validate for DeployMcpServerRequest {}

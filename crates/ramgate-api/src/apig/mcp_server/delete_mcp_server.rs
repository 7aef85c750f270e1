//! DeleteMcpServer.

use crate::apig::{APIG, MCP_SERVER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an MCP server.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteMcpServer.
    DeleteMcpServer {
        product: APIG,
        bind: (DELETE "/v1/mcp-servers/{mcpServerId}"),
        access: None,
        resource: (ALL or (MCP_SERVER, mcp_server_id)),
        conditions: [],
        request: DeleteMcpServerRequest,
        response: Unbuilt,
        errors: [errors::MCP_SERVER_NOT_FOUND],
    }
}

/// What [`DeleteMcpServer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteMcpServerRequest {
    /// The MCP server's id.
    pub mcp_server_id: String,
}

impl Validate for DeleteMcpServerRequest {}

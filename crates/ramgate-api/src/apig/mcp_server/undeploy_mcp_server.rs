//! UnDeployMcpServer.

use crate::apig::{APIG, MCP_SERVER, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes an MCP server out of traffic.
    ///
    /// Source: APIG API reference 2024-03-27, UnDeployMcpServer.
    UnDeployMcpServer {
        product: APIG,
        bind: (POST "/v1/mcp-servers/{mcpServerId}/undeploy"),
        access: None,
        resource: (ALL or (MCP_SERVER, mcp_server_id)),
        conditions: [],
        request: UnDeployMcpServerRequest,
        response: Unbuilt,
        errors: [errors::MCP_SERVER_NOT_FOUND],
    }
}

/// What [`UnDeployMcpServer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UnDeployMcpServerRequest {
    /// The MCP server's id.
    pub mcp_server_id: String,
}

impl Validate for UnDeployMcpServerRequest {}

//! UpdateMcpServer.

use super::{AssembledSource, GrayMcpServer, McpServerConfig};
use crate::apig::{APIG, MCP_SERVER, checks, errors};
use crate::apig::{Backend, HttpRouteMatch};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes an MCP server.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateMcpServer.
    UpdateMcpServer {
        product: APIG,
        bind: (PUT "/v1/mcp-servers/{mcpServerId}"),
        access: None,
        resource: (ALL or (MCP_SERVER, mcp_server_id)),
        conditions: [],
        request: UpdateMcpServerRequest,
        response: Unbuilt,
        errors: [errors::MCP_SERVER_NOT_FOUND],
        required: ["type", "protocol"],
    }
}

/// What [`UpdateMcpServer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateMcpServerRequest {
    /// The MCP server's id.
    pub mcp_server_id: String,
    /// Servers whose tools are taken over; needed for `AssemblyMCP`.
    pub assembled_sources: Option<Vec<AssembledSource>>,
    /// Where traffic goes.
    pub backend_config: Option<Backend>,
    /// `ApiGatewayHttpToMCP`, `ApiGatewayProxyMcpHosting`, `ApiGatewayAssembly`, `NacosHttpToMCP` or `NacosMcpHosting`.
    pub create_from_type: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Domains by id.
    pub domain_ids: Option<Vec<String>>,
    /// The path of the server behind; needed for `SSE` and `StreamableHTTP`.
    pub exposed_uri_path: Option<String>,
    /// Further ways in.
    pub gray_mcp_server_configs: Option<Vec<GrayMcpServer>>,
    /// What a request must be like.
    #[serde(rename = "match")]
    pub matches: Option<HttpRouteMatch>,
    /// The tools.
    pub mcp_server_config: Option<McpServerConfig>,
    /// Whether calls of tools are counted.
    pub mcp_statistics_enable: Option<bool>,
    /// The protocol.
    pub protocol: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
}

impl Validate for UpdateMcpServerRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of(
            "createFromType",
            self.create_from_type.as_deref(),
            &[
                "ApiGatewayHttpToMCP",
                "ApiGatewayProxyMcpHosting",
                "ApiGatewayAssembly",
                "NacosHttpToMCP",
                "NacosMcpHosting",
            ],
        );
        checker.one_of("protocol", Some(&self.protocol), &["HTTP", "HTTPS", "SSE", "StreamableHTTP"]);
        checker.one_of("type", Some(&self.kind), &["RealMCP", "AssemblyMCP"]);
        checks::route_match(checker, "match", self.matches.as_ref());
    }
}

//! Parts of MCP servers.

use crate::apig::{Backend, HttpRouteMatch};
use schemars::JsonSchema;
use serde::Deserialize;

/// An MCP server whose tools are taken over.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AssembledSource {
    /// The MCP server's id.
    pub mcp_server_id: Option<String>,
    /// The MCP server's name.
    pub mcp_server_name: Option<String>,
    /// Tools by name; all where empty.
    pub tools: Vec<String>,
}

/// A further way into an MCP server, with a match and backend of its own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GrayMcpServer {
    /// Where traffic goes.
    pub backend_config: Option<Backend>,
    /// What a request must be like.
    #[serde(rename = "match")]
    pub matches: Option<HttpRouteMatch>,
    /// The route's id.
    pub route_id: Option<String>,
}

/// The tools of an MCP server, in one of two forms.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct McpServerConfig {
    /// The tools in YAML.
    pub mcp_server_spec: Option<String>,
    /// The tools as an OpenAPI 3.0 document.
    pub swagger_config: Option<String>,
}

/// An MCP server of a registry.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct NacosMcpServer {
    /// The path of the server behind; needed for `SSE` and `StreamableHTTP`.
    pub exposed_uri_path: Option<String>,
    /// The instance.
    pub instance_id: Option<String>,
    /// The MCP server's id.
    pub mcp_server_id: Option<String>,
    /// The MCP server's name.
    pub mcp_server_name: Option<String>,
    /// Protocols.
    pub protocols: Vec<String>,
}

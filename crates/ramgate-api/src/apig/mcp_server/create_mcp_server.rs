//! CreateMcpServer.

use super::{AssembledSource, GrayMcpServer, McpServerConfig};
use crate::apig::{APIG, MCP_SERVER, checks, errors};
use crate::apig::{Backend, HttpRouteMatch};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes an MCP server on a gateway.
    ///
    /// Source: APIG API reference 2024-03-27, CreateMcpServer.
    CreateMcpServer {
        product: APIG,
        bind: (POST "/v1/mcp-servers"),
        access: None,
        resource: (ALL or (MCP_SERVER, *)),
        conditions: [],
        request: CreateMcpServerRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND, errors::MCP_SERVER_NAME_DUPLICATE],
        required: ["gatewayId", "name", "type", "protocol", "backendConfig"],
    }
}

/// What [`CreateMcpServer`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateMcpServerRequest {
    /// Servers whose tools are taken over; needed for `AssemblyMCP`.
    pub assembled_sources: Vec<AssembledSource>,
    /// Where traffic goes.
    pub backend_config: Backend,
    /// `ApiGatewayHttpToMCP`, `ApiGatewayProxyMcpHosting`, `ApiGatewayAssembly`, `NacosHttpToMCP` or `NacosMcpHosting`.
    pub create_from_type: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Domains by id.
    pub domain_ids: Vec<String>,
    /// The path of the server behind; needed for `SSE` and `StreamableHTTP`.
    pub exposed_uri_path: Option<String>,
    /// The gateway's id.
    pub gateway_id: String,
    /// Further ways in.
    pub gray_mcp_server_configs: Vec<GrayMcpServer>,
    /// What a request must be like.
    #[serde(rename = "match")]
    pub matches: Option<HttpRouteMatch>,
    /// The tools.
    pub mcp_server_config: Option<McpServerConfig>,
    /// Whether calls of tools are counted.
    pub mcp_statistics_enable: Option<bool>,
    /// A host-name-like name in lower case, up to 64 characters; unique on the gateway.
    pub name: String,
    /// The protocol.
    pub protocol: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
}

impl Validate for CreateMcpServerRequest {
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
        checker.length("name", Some(&self.name), 0, 64);
        checker.one_of("protocol", Some(&self.protocol), &["HTTP", "HTTPS", "SSE", "StreamableHTTP"]);
        checker.one_of("type", Some(&self.kind), &["RealMCP", "AssemblyMCP"]);
        checks::route_match(checker, "match", self.matches.as_ref());
        if self.kind == "RealMCP" {
            checker.needed("match", self.matches.is_some());
        }
    }
}

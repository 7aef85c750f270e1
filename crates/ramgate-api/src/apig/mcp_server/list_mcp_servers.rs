//! ListMcpServers.

use crate::apig::{APIG, MCP_SERVER, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the MCP servers of a gateway, page by page.
    ///
    /// Source: APIG API reference 2024-03-27, ListMcpServers.
    ListMcpServers {
        product: APIG,
        bind: (GET "/v1/mcp-servers"),
        access: None,
        resource: (ALL or (MCP_SERVER, *)),
        conditions: [],
        request: ListMcpServersRequest,
        response: Unbuilt,
        errors: [],
        required: ["gatewayId", "pageNumber", "pageSize"],
    }
}

/// What [`ListMcpServers`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListMcpServersRequest {
    /// Such types, joined by commas.
    pub create_from_types: Option<String>,
    /// Such states, joined by commas.
    pub deploy_statuses: Option<String>,
    /// The gateway's id.
    pub gateway_id: String,
    /// Part of the name.
    pub name_like: Option<String>,
    /// Counted from 1.
    pub page_number: i32,
    /// 1–100.
    pub page_size: i32,
    /// The type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

impl Validate for ListMcpServersRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, Some(self.page_number));
        checks::page_size(checker, Some(self.page_size));
    }
}

//! HTTP APIs: named collections of routes.

use crate::{GatewayId, HttpApiId, Resource, Timestamp};
use serde::{Deserialize, Serialize};

/// An HTTP API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpApi {
    /// The id.
    pub id: HttpApiId,
    /// Unique in account and region, except among versions of one API.
    pub name: String,
    /// What it is made of.
    pub api_type: HttpApiType,
    /// Begins with `/`, at most 256 bytes; empty where the type has none.
    pub base_path: String,
    /// `HTTP`, `HTTPS`.
    pub protocols: Vec<String>,
    /// Free text.
    pub description: String,
    /// The one gateway it may be deployed to; `None` means any.
    pub gateway_id: Option<GatewayId>,
    /// `versionConfig` as given: how requests name the version of the API.
    pub version_config: Option<serde_json::Value>,
    /// Configuration that no data plane part reads yet (`ingressConfig`, `authConfig`, `aiProtocols`, …), kept as given
    /// and answered unchanged.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// The resource group; empty means the default one.
    pub resource_group_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// APIG's `type` of an HTTP API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HttpApiType {
    /// Operations: method and path below a base path.
    Rest,
    /// Routes.
    Http,
    /// Routes of WebSocket traffic.
    WebSocket,
    /// Routes read from Kubernetes Ingress objects.
    HttpIngress,
    /// Model traffic.
    LLM,
    /// Agent traffic.
    Agent,
    /// Model Context Protocol.
    MCP,
}

impl HttpApiType {
    /// The value as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rest => "Rest",
            Self::Http => "Http",
            Self::WebSocket => "WebSocket",
            Self::HttpIngress => "HttpIngress",
            Self::LLM => "LLM",
            Self::Agent => "Agent",
            Self::MCP => "MCP",
        }
    }
}

impl Resource for HttpApi {
    const KIND: &'static str = "http-api";

    fn id(&self) -> String {
        self.id.0.clone()
    }
}

//! MCP servers.

mod create_mcp_server;
mod delete_mcp_server;
mod deploy_mcp_server;
mod get_mcp_server;
mod list_mcp_servers;
mod sync_mcp_servers;
mod types;
mod undeploy_mcp_server;
mod update_mcp_server;

pub use create_mcp_server::{CreateMcpServer, CreateMcpServerRequest};
pub use delete_mcp_server::{DeleteMcpServer, DeleteMcpServerRequest};
pub use deploy_mcp_server::{DeployMcpServer, DeployMcpServerRequest};
pub use get_mcp_server::{GetMcpServer, GetMcpServerRequest};
pub use list_mcp_servers::{ListMcpServers, ListMcpServersRequest};
pub use sync_mcp_servers::{SyncMCPServers, SyncMCPServersRequest};
pub use types::{AssembledSource, GrayMcpServer, McpServerConfig, NacosMcpServer};
pub use undeploy_mcp_server::{UnDeployMcpServer, UnDeployMcpServerRequest};
pub use update_mcp_server::{UpdateMcpServer, UpdateMcpServerRequest};

//! Ways in which callers prove who they are.

mod add_auth_resource;
mod add_gateway_auth;
mod delete_auth_resource;
mod delete_gateway_auth;
mod list_gateway_auth;
mod types;
mod update_gateway_auth;

pub use add_auth_resource::{AddAuthResource, AddAuthResourceRequest};
pub use add_gateway_auth::{AddGatewayAuth, AddGatewayAuthRequest};
pub use delete_auth_resource::{DeleteAuthResource, DeleteAuthResourceRequest};
pub use delete_gateway_auth::{DeleteGatewayAuth, DeleteGatewayAuthRequest};
pub use list_gateway_auth::{ListGatewayAuth, ListGatewayAuthRequest};
pub use types::{AuthResource, AuthResourceHeader, ExternalAuthZ, GatewayAuthFilter};
pub use update_gateway_auth::{UpdateGatewayAuth, UpdateGatewayAuthRequest};

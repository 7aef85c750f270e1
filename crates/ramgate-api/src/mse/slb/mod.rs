//! Load balancers of gateways.

mod add_gateway_slb;
mod delete_gateway_slb;
mod list_gateway_slb;
mod select_gateway_slb;
mod types;

pub use add_gateway_slb::{AddGatewaySlb, AddGatewaySlbRequest};
pub use delete_gateway_slb::{DeleteGatewaySlb, DeleteGatewaySlbRequest};
pub use list_gateway_slb::{ListGatewaySlb, ListGatewaySlbRequest};
pub use select_gateway_slb::{SelectGatewaySlb, SelectGatewaySlbRequest};
pub use types::VService;

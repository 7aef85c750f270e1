//! Gateways.

mod add_gateway;
mod delete_gateway;
mod get_gateway;
mod get_gateway_detail;
mod get_gateway_selection;
mod list_gateway;
mod list_gateway_zone;
mod list_upgradable_gateway_versions;
mod types;

pub use add_gateway::{AddGateway, AddGatewayRequest, AddGatewayResponse};
pub use delete_gateway::{DeleteGateway, DeleteGatewayRequest};
pub use get_gateway::{GetGateway, GetGatewayRequest};
pub use get_gateway_detail::{GetGatewayDetail, GetGatewayDetailRequest};
pub use get_gateway_selection::{GetGatewaySelection, GetGatewaySelectionRequest};
pub use list_gateway::{ListGateway, ListGatewayRequest, ListGatewayResponse};
pub use list_gateway_zone::{ListGatewayZone, ListGatewayZoneRequest};
pub use list_upgradable_gateway_versions::{ListUpgradableGatewayVersions, ListUpgradableGatewayVersionsRequest};
pub use types::{
    ElasticPolicy, Gateway, GatewayEntry, GatewayFilter, GatewayOption, GatewaySlb, InitConfig, LogConfig,
    MaintenancePeriod, ScaleWindow, TimePolicy, TraceConfig, XtraceConfig, Zone, ZoneInfo,
};

//! Gateways.

mod add_gateway_security_group_rule;
mod create_gateway;
mod delete_gateway;
mod delete_gateway_security_group_rule;
mod get_dashboard;
mod get_gateway;
mod get_trace_config;
mod list_gateway_features;
mod list_gateways;
mod restart_gateway;
mod types;
mod update_gateway_feature;
mod update_gateway_name;
mod upgrade_gateway;

pub use add_gateway_security_group_rule::{AddGatewaySecurityGroupRule, AddGatewaySecurityGroupRuleRequest};
pub use create_gateway::{CreateGateway, CreateGatewayRequest, CreateGatewayResponse};
pub use delete_gateway::{DeleteGateway, DeleteGatewayRequest};
pub use delete_gateway_security_group_rule::{DeleteGatewaySecurityGroupRule, DeleteGatewaySecurityGroupRuleRequest};
pub use get_dashboard::{GetDashboard, GetDashboardRequest};
pub use get_gateway::{GetGateway, GetGatewayRequest};
pub use get_trace_config::{GetTraceConfig, GetTraceConfigRequest};
pub use list_gateway_features::{ListGatewayFeatures, ListGatewayFeaturesRequest};
pub use list_gateways::{ListGateways, ListGatewaysRequest, ListGatewaysResponse};
pub use restart_gateway::{RestartGateway, RestartGatewayRequest};
pub use types::{
    DashboardFilter, Gateway, GatewayEnvironment, GatewayInfo, GatewayZone, LoadBalancer, LoadBalancerPort, LogConfig,
    MaintenancePeriod, NetworkAccessConfig, SecurityGroup, SlsConfig, Tag, VSwitch, VpcInfo, ZoneChoice, ZoneConfig,
};
pub use update_gateway_feature::{UpdateGatewayFeature, UpdateGatewayFeatureRequest};
pub use update_gateway_name::{UpdateGatewayName, UpdateGatewayNameRequest};
pub use upgrade_gateway::{UpgradeGateway, UpgradeGatewayRequest};

//! Services: groups of endpoints that routes send traffic to.

mod add_gateway_service_version;
mod delete_gateway_service_version;
mod get_gateway_service_detail;
mod import_services;
mod list_gateway_service;
mod pull_services;
mod traffic_policy;
mod types;
mod update_gateway_service_traffic_policy;
mod update_gateway_service_version;

pub use add_gateway_service_version::{AddGatewayServiceVersion, AddGatewayServiceVersionRequest};
pub use delete_gateway_service_version::{DeleteGatewayServiceVersion, DeleteGatewayServiceVersionRequest};
pub use get_gateway_service_detail::{GetGatewayServiceDetail, GetGatewayServiceDetailRequest};
pub use import_services::{ImportServices, ImportServicesRequest};
pub use list_gateway_service::{ListGatewayService, ListGatewayServiceRequest, ListGatewayServiceResponse};
pub use pull_services::{PullServices, PullServicesRequest};
pub use traffic_policy::{
    ConsistentHash, HashCookie, ListedConsistentHash, ListedHashCookie, ListedLoadBalancerSettings, ListedTls,
    ListedTrafficPolicy, LoadBalancerSettings, PortTrafficPolicy, TlsSetting, TrafficPolicy,
};
pub use types::{
    AvailableNamespace, AvailableService, HealthCheckInfo, ImportedService, ImportedTls, Label, LabelValues,
    ServiceDetail, ServiceFilter, ServiceSummary, ServiceVersion, ServiceVersionName, VersionDetail, VersionLabel,
};
pub use update_gateway_service_traffic_policy::{
    UpdateGatewayServiceTrafficPolicy, UpdateGatewayServiceTrafficPolicyRequest,
};
pub use update_gateway_service_version::{UpdateGatewayServiceVersion, UpdateGatewayServiceVersionRequest};

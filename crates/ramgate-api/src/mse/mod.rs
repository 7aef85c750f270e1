//! MSE 2019-05-31: cloud-native gateways with their sources, services, routes and domains.

pub mod access_list;
pub mod auth;
mod checks;
pub mod domain;
pub mod errors;
pub mod event;
pub mod expression;
pub mod gateway;
pub mod migration;
pub mod monitor;
mod named;
mod naming;
pub mod plugin;
pub mod rate_limit;
pub mod route;
pub mod service;
pub mod slb;
pub mod source;
pub mod tag;

pub use access_list::*;
pub use auth::*;
pub use domain::*;
pub use event::*;
pub use expression::*;
pub use gateway::*;
pub use migration::*;
pub use monitor::*;
pub use naming::{GatewayName, NamesGateway};
pub use plugin::*;
pub use rate_limit::*;
pub use route::*;
pub use service::*;
pub use slb::*;
pub use source::*;
pub use tag::*;

use crate::{Envelope, OpSpec, Operation, Product, ResourceType, Style, codes};

/// The product.
pub static MSE: Product = Product {
    name: "mse",
    ram_code: "mse",
    ram_code_aliases: &["microgw"],
    version: "2019-05-31",
    style: Style::Rpc,
    envelope: Envelope::Mse,
    regional: true,
    named_actions: named::NAMED_ACTIONS,
    missing_parameter: &codes::MISSING_PARAMETER,
    invalid_parameter: &errors::INVALID_PARAMETER,
};

/// A gateway: the one type of resource. Everything on a gateway is checked on the gateway.
pub static INSTANCE: ResourceType = ResourceType {
    name: "Instance",
    published_as: "instance",
    kind: "instance",
    pattern: "acs:mse:{region}:{account}:instance/{gatewayId}",
    caller_when_absent: false,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    &AddGateway::SPEC,
    &ListGateway::SPEC,
    &GetGateway::SPEC,
    &GetGatewayDetail::SPEC,
    &DeleteGateway::SPEC,
    &ListGatewayZone::SPEC,
    &GetGatewaySelection::SPEC,
    &ListUpgradableGatewayVersions::SPEC,
    &ListGatewaySlb::SPEC,
    &SelectGatewaySlb::SPEC,
    &AddGatewaySlb::SPEC,
    &DeleteGatewaySlb::SPEC,
    &AddServiceSource::SPEC,
    &ListServiceSource::SPEC,
    &DeleteServiceSource::SPEC,
    &GetKubernetesSource::SPEC,
    &GetMseSource::SPEC,
    &PullServices::SPEC,
    &ImportServices::SPEC,
    &ListGatewayService::SPEC,
    &GetGatewayServiceDetail::SPEC,
    &AddGatewayServiceVersion::SPEC,
    &UpdateGatewayServiceVersion::SPEC,
    &DeleteGatewayServiceVersion::SPEC,
    &UpdateGatewayServiceTrafficPolicy::SPEC,
    &AddGatewayRoute::SPEC,
    &ListGatewayRoute::SPEC,
    &GetGatewayRouteDetail::SPEC,
    &ApplyGatewayRoute::SPEC,
    &OfflineGatewayRoute::SPEC,
    &DeleteGatewayRoute::SPEC,
    &UpdateGatewayRouteHTTPRewrite::SPEC,
    &UpdateGatewayRouteHeaderOp::SPEC,
    &UpdateGatewayRouteCORS::SPEC,
    &UpdateGatewayRouteTimeout::SPEC,
    &UpdateGatewayRouteRetry::SPEC,
    &AddRateLimit::SPEC,
    &GetRateLimit::SPEC,
    &UpdateRateLimit::SPEC,
    &AddGatewayDomain::SPEC,
    &ListGatewayDomain::SPEC,
    &GetGatewayDomainDetail::SPEC,
    &UpdateGatewayDomain::SPEC,
    &DeleteGatewayDomain::SPEC,
    &AddSSLCert::SPEC,
    &UpdateSSLCert::SPEC,
    &ListSSLCert::SPEC,
    &AddBlackWhiteList::SPEC,
    &GetBlackWhiteList::SPEC,
    &UpdateBlackWhiteList::SPEC,
    &GatewayBlackWhiteList::SPEC,
    &AddGatewayAuth::SPEC,
    &ListGatewayAuth::SPEC,
    &UpdateGatewayAuth::SPEC,
    &DeleteGatewayAuth::SPEC,
    &AddAuthResource::SPEC,
    &DeleteAuthResource::SPEC,
    &GetPluginGuide::SPEC,
    &CheckPluginLua::SPEC,
    &UploadWasmFile::SPEC,
    &GetRegExpCheck::SPEC,
    &GetRegExpTest::SPEC,
    &GatewayHealthCheckList::SPEC,
    &GatewayQueryMonitor::SPEC,
    &QueryDefaultAlertStatus::SPEC,
    &CreateDefaultAlert::SPEC,
    &GetGatewayAlarms::SPEC,
    &ListEventRecords::SPEC,
    &GetEventDetail::SPEC,
    &GetEventFilterOptions::SPEC,
    &ListGatewayIngressMigrateTask::SPEC,
    &GetGatewayIngressMigrateTaskDetail::SPEC,
    &GetGatewayMigrateNamespacedServices::SPEC,
    &TagResources::SPEC,
    &UntagResources::SPEC,
    &ListTagResources::SPEC,
];

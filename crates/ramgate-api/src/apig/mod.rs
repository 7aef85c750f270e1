//! APIG 2024-03-27: gateways, HTTP APIs, routes, services, domains and what is attached to them.

pub mod authorization_rule;
mod checks;
pub mod consumer;
pub mod domain;
pub mod environment;
pub mod errors;
pub mod gateway;
pub mod http_api;
pub mod mcp_server;
pub mod operation;
pub mod overview;
pub mod plugin;
pub mod policy;
mod resources;
pub mod route;
pub mod secret;
pub mod service;
pub mod source;
pub mod tag;
mod targets;

pub use authorization_rule::*;
pub use consumer::*;
pub use domain::*;
pub use environment::*;
pub use gateway::*;
pub use http_api::*;
pub use mcp_server::*;
pub use operation::*;
pub use overview::*;
pub use plugin::*;
pub use policy::*;
pub use resources::{
    CONSUMER, CONSUMER_AUTHORIZATION_RULE, DOMAIN, ENVIRONMENT, GATEWAY, GATEWAY_ID, HTTP_API, MCP_SERVER,
    NETWORK_TYPE, OVERVIEW, PLUGIN, PLUGIN_ATTACHMENT, PLUGIN_CLASS, POLICY, POLICY_ATTACHMENT, POLICY_CLASS, SECRET,
    SECRET_VALUE, SERVICE, SOURCE, SSL_CERT, ZONE,
};
pub use route::*;
pub use secret::*;
pub use service::*;
pub use source::*;
pub use tag::*;

use crate::{Envelope, OpSpec, Operation, Product, Style};

/// The product.
pub static APIG: Product = Product {
    name: "APIG",
    ram_code: "apig",
    ram_code_aliases: &[],
    version: "2024-03-27",
    style: Style::Roa,
    envelope: Envelope::Data,
    regional: true,
    named_actions: &[],
    missing_parameter: &errors::IS_EMPTY,
    invalid_parameter: &errors::WITH_VALUE,
};

/// Its operations.
pub const OPERATIONS: &[&OpSpec] = &[
    &CreateGateway::SPEC,
    &GetGateway::SPEC,
    &ListGateways::SPEC,
    &DeleteGateway::SPEC,
    &UpdateGatewayName::SPEC,
    &RestartGateway::SPEC,
    &UpgradeGateway::SPEC,
    &ListGatewayFeatures::SPEC,
    &UpdateGatewayFeature::SPEC,
    &AddGatewaySecurityGroupRule::SPEC,
    &DeleteGatewaySecurityGroupRule::SPEC,
    &GetTraceConfig::SPEC,
    &GetDashboard::SPEC,
    &CreateEnvironment::SPEC,
    &GetEnvironment::SPEC,
    &ListEnvironments::SPEC,
    &UpdateEnvironment::SPEC,
    &DeleteEnvironment::SPEC,
    &CreateHttpApi::SPEC,
    &GetHttpApi::SPEC,
    &ListHttpApis::SPEC,
    &UpdateHttpApi::SPEC,
    &DeleteHttpApi::SPEC,
    &DeployHttpApi::SPEC,
    &UndeployHttpApi::SPEC,
    &ImportHttpApi::SPEC,
    &ExportHttpApi::SPEC,
    &CreateHttpApiOperation::SPEC,
    &GetHttpApiOperation::SPEC,
    &ListHttpApiOperations::SPEC,
    &UpdateHttpApiOperation::SPEC,
    &DeleteHttpApiOperation::SPEC,
    &CreateHttpApiRoute::SPEC,
    &GetHttpApiRoute::SPEC,
    &ListHttpApiRoutes::SPEC,
    &UpdateHttpApiRoute::SPEC,
    &DeleteHttpApiRoute::SPEC,
    &CreateService::SPEC,
    &GetService::SPEC,
    &ListServices::SPEC,
    &UpdateService::SPEC,
    &DeleteService::SPEC,
    &CreateServiceVersion::SPEC,
    &UpdateServiceVersion::SPEC,
    &DeleteServiceVersion::SPEC,
    &CreateDomain::SPEC,
    &GetDomain::SPEC,
    &ListDomains::SPEC,
    &UpdateDomain::SPEC,
    &DeleteDomain::SPEC,
    &ListSslCerts::SPEC,
    &CreateSource::SPEC,
    &GetSource::SPEC,
    &DeleteSource::SPEC,
    &CreatePolicy::SPEC,
    &GetPolicy::SPEC,
    &ListPolicies::SPEC,
    &UpdatePolicy::SPEC,
    &DeletePolicy::SPEC,
    &CreateAndAttachPolicy::SPEC,
    &UpdateAndAttachPolicy::SPEC,
    &CreatePolicyAttachment::SPEC,
    &GetPolicyAttachment::SPEC,
    &DeletePolicyAttachment::SPEC,
    &ListPolicyClasses::SPEC,
    &InstallPlugin::SPEC,
    &UninstallPlugin::SPEC,
    &ListPlugins::SPEC,
    &ListPluginClasses::SPEC,
    &CreatePluginAttachment::SPEC,
    &GetPluginAttachment::SPEC,
    &ListPluginAttachments::SPEC,
    &UpdatePluginAttachment::SPEC,
    &DeletePluginAttachment::SPEC,
    &CreateConsumer::SPEC,
    &GetConsumer::SPEC,
    &ListConsumers::SPEC,
    &UpdateConsumer::SPEC,
    &DeleteConsumer::SPEC,
    &CreateConsumerAuthorizationRule::SPEC,
    &CreateConsumerAuthorizationRules::SPEC,
    &GetConsumerAuthorizationRule::SPEC,
    &ListConsumerAuthorizationRules::SPEC,
    &UpdateConsumerAuthorizationRule::SPEC,
    &DeleteConsumerAuthorizationRule::SPEC,
    &RemoveConsumerAuthorizationRule::SPEC,
    &BatchDeleteConsumerAuthorizationRule::SPEC,
    &QueryConsumerAuthorizationRules::SPEC,
    &CreateSecret::SPEC,
    &GetSecret::SPEC,
    &GetSecretValue::SPEC,
    &ListSecrets::SPEC,
    &UpdateSecret::SPEC,
    &DeleteSecret::SPEC,
    &ListSecretReferences::SPEC,
    &CreateMcpServer::SPEC,
    &GetMcpServer::SPEC,
    &ListMcpServers::SPEC,
    &UpdateMcpServer::SPEC,
    &DeleteMcpServer::SPEC,
    &DeployMcpServer::SPEC,
    &UnDeployMcpServer::SPEC,
    &SyncMCPServers::SPEC,
    &GetResourceOverview::SPEC,
    &ListZones::SPEC,
    &ChangeResourceGroup::SPEC,
    &TagResources::SPEC,
    &ListTagResources::SPEC,
    &UntagResources::SPEC,
];

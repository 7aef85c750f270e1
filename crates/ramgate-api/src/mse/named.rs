//! Actions of MSE that policies can name and no operation serves yet: those of the console (plugins of one's own,
//! migration tasks), which have no published request format, and the operations of the API beyond those declared
//! here.

use super::INSTANCE;
use crate::{NamedAction, ResourceType};

const fn on_all(name: &'static str, doc: &'static str) -> NamedAction {
    NamedAction { name, resource_type: None, doc }
}

const fn on_instance(name: &'static str, doc: &'static str) -> NamedAction {
    const TYPE: Option<&ResourceType> = Some(&INSTANCE);
    NamedAction { name, resource_type: TYPE, doc }
}

pub(super) const NAMED_ACTIONS: &[NamedAction] = &[
    on_all("CreateCustomPlugin", "Makes a plugin of one's own."),
    on_all("UpdateCustomPlugin", "Changes a plugin of one's own."),
    on_all("DeleteCustomPlugin", "Removes a plugin of one's own."),
    on_all("PublishCustomPlugin", "Publishes a plugin of one's own."),
    on_all("ListCustomPlugin", "Lists plugins of one's own."),
    on_all("CreateGatewayIngressMigrateTask", "Makes a task that turns Ingress objects into routes."),
    on_all("UpdateGatewayIngressMigrateTask", "Changes such a task."),
    on_all("DeleteGatewayIngressMigrateTask", "Removes such a task."),
    on_all("RunGatewayIngressMigrateTask", "Runs such a task."),
    on_instance("AddGatewayAuthConsumer", "Adds a consumer."),
    on_instance("AddSecurityGroupRule", "Opens ports of a security group to a gateway."),
    on_all("ChangeResourceGroup", "Moves a gateway to another resource group."),
    on_instance("CreateGatewayCircuitBreakerRule", "Makes a circuit breaker for a route."),
    on_instance("CreateGatewayFlowRule", "Limits the rate of a route."),
    on_instance("CreateGatewayIsolationRule", "Limits the requests in flight of a route."),
    on_instance("CreatePluginConfig", "Makes a configuration of a plugin."),
    on_instance("DeleteBlackWhiteList", "Removes a list of addresses."),
    on_instance("DeleteGatewayAuthConsumer", "Removes a consumer."),
    on_instance("DeleteGatewayAuthConsumerResource", "Takes routes from a consumer."),
    on_instance("DeleteGatewayCircuitBreakerRule", "Removes the circuit breaker of a route."),
    on_instance("DeleteGatewayFlowRule", "Removes the rate limit of a route."),
    on_instance("DeleteGatewayIsolationRule", "Removes the limit of requests in flight of a route."),
    on_instance("DeleteGatewayService", "Removes services."),
    on_instance("DeletePluginConfig", "Removes a configuration of a plugin."),
    on_instance("DeleteSecurityGroupRule", "Takes back an opening of ports."),
    on_instance("EnableHttp2", "Switches HTTP/2 on or off."),
    on_instance("EnableProxyProtocol", "Switches the PROXY protocol on or off."),
    on_instance("GetGatewayAuthConsumerDetail", "Returns one consumer."),
    on_instance("GetGatewayAuthDetail", "Returns one way of authentication."),
    on_instance("GetGatewayConfig", "Returns the settings of a gateway."),
    on_instance("GetGatewayOption", "Returns the options of a gateway."),
    on_all("GetMseFeatureSwitch", "Tells which features are on."),
    on_instance("GetPluginConfig", "Returns the configurations of a plugin."),
    on_instance("GetPlugins", "Lists plugins."),
    on_all("InitializeServiceLinkRole", "Makes the role that the service acts under."),
    on_instance("ListGatewayAuthConsumer", "Lists consumers."),
    on_instance("ListGatewayAuthConsumerResource", "Lists the routes of a consumer."),
    on_all("ListGatewayCircuitBreakerRule", "Lists circuit breakers."),
    on_all("ListGatewayFlowRule", "Lists rate limits."),
    on_all("ListGatewayIsolationRule", "Lists limits of requests in flight."),
    on_instance("ListGatewayRouteOnAuth", "Lists routes that ask for consumers."),
    on_instance("ListSecurityGroup", "Lists security groups."),
    on_instance("ListSecurityGroupRule", "Lists openings of ports."),
    on_instance("PreserveHeaderFormat", "Switches the keeping of letter case of headers on or off."),
    on_all("QueryGatewayRegion", "Lists regions."),
    on_all("QueryGatewayType", "Lists kinds of gateway."),
    on_all("QueryMonitor", "Returns figures of a registry over time."),
    on_all("QuerySlbSpec", "Lists sizes of load balancers."),
    on_instance("UpdateGatewayAuthConsumer", "Changes a consumer."),
    on_instance("UpdateGatewayAuthConsumerResource", "Sets the routes of a consumer."),
    on_instance("UpdateGatewayAuthConsumerResourceStatus", "Switches routes of a consumer on or off."),
    on_instance("UpdateGatewayAuthConsumerStatus", "Switches a consumer on or off."),
    on_instance("UpdateGatewayCircuitBreakerRule", "Changes a circuit breaker."),
    on_instance("UpdateGatewayConfig", "Changes a setting of a gateway."),
    on_instance("UpdateGatewayFlowRule", "Changes a rate limit."),
    on_instance("UpdateGatewayIsolationRule", "Changes a limit of requests in flight."),
    on_instance("UpdateGatewayName", "Renames a gateway."),
    on_instance("UpdateGatewayOption", "Changes the options of a gateway."),
    on_instance("UpdateGatewayRoute", "Changes a route."),
    on_instance("UpdateGatewayRouteAuth", "Puts a route under a check of consumers."),
    on_instance("UpdateGatewayRouteWafStatus", "Switches the application firewall of a route on or off."),
    on_instance("UpdateGatewayService", "Changes a service."),
    on_instance("UpdateGatewayServiceCheck", "Changes how a service is checked."),
    on_instance("UpdateGatewaySpec", "Changes the size of a gateway."),
    on_instance("UpdatePluginConfig", "Changes a configuration of a plugin."),
    on_instance("UpdateServiceSource", "Changes a source."),
];

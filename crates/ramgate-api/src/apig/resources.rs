//! Resource types and condition keys of APIG.
//!
//! The published table marks 44 actions "All Resource". Here each of them also takes a resource name of its own: a
//! policy on `*` or `acs:apig:*:*:*` grants as in the cloud, a narrower one grants only here. Their types are in the
//! second half; no published table uses them.

use crate::{ConditionKey, KeyType, ResourceType};

/// A gateway.
pub static GATEWAY: ResourceType = ResourceType {
    name: "Gateway",
    published_as: "Gateway",
    kind: "gateway",
    pattern: "acs:apig:{region}:{account}:gateway/{gatewayId}",
    caller_when_absent: false,
};

/// An environment.
pub static ENVIRONMENT: ResourceType = ResourceType {
    name: "Environment",
    published_as: "Environment",
    kind: "environment",
    pattern: "acs:apig:{region}:{account}:environment/{environmentId}",
    caller_when_absent: false,
};

/// An HTTP API, with its routes and operations.
pub static HTTP_API: ResourceType = ResourceType {
    name: "HttpApi",
    published_as: "HttpApi",
    kind: "httpapi",
    pattern: "acs:apig:{region}:{account}:httpapi/{httpApiId}",
    caller_when_absent: false,
};

/// A service, with its versions.
pub static SERVICE: ResourceType = ResourceType {
    name: "Service",
    published_as: "Service",
    kind: "service",
    pattern: "acs:apig:{region}:{account}:service/{serviceId}",
    caller_when_absent: false,
};

/// A domain.
pub static DOMAIN: ResourceType = ResourceType {
    name: "Domain",
    published_as: "Domain",
    kind: "domain",
    pattern: "acs:apig:{region}:{account}:domain/{domainId}",
    caller_when_absent: false,
};

/// A consumer. The published table calls its type "Domain".
pub static CONSUMER: ResourceType = ResourceType {
    name: "Consumer",
    published_as: "Domain",
    kind: "consumer",
    pattern: "acs:apig:{region}:{account}:consumer/{consumerId}",
    caller_when_absent: false,
};

/// A secret. The published table calls its type "Domain".
pub static SECRET: ResourceType = ResourceType {
    name: "Secret",
    published_as: "Domain",
    kind: "secret",
    pattern: "acs:apig:{region}:{account}:secret/{secretId}",
    caller_when_absent: false,
};

/// A source.
pub static SOURCE: ResourceType = ResourceType {
    name: "Source",
    published_as: "Source",
    kind: "source",
    pattern: "acs:apig:{region}:{account}:source/{sourceId}",
    caller_when_absent: false,
};

/// A policy.
pub static POLICY: ResourceType = ResourceType {
    name: "Policy",
    published_as: "Policy",
    kind: "policy",
    pattern: "acs:apig:{region}:{account}:policy/{policyId}",
    caller_when_absent: false,
};

/// An authorization rule. The published table of resources has the type, that of actions does not use it.
pub static CONSUMER_AUTHORIZATION_RULE: ResourceType = ResourceType {
    name: "ConsumerAuthorizationRule",
    published_as: "ConsumerAuthorizationRule",
    kind: "consumerauthorizationrule",
    pattern: "acs:apig:{region}:{account}:consumerauthorizationrule/{consumerAuthorizationRuleId}",
    caller_when_absent: false,
};

/// The value of a secret, by name.
pub static SECRET_VALUE: ResourceType = ResourceType {
    name: "SecretValue",
    published_as: "All Resource",
    kind: "secretvalue",
    pattern: "acs:apig:{region}:{account}:secretvalue/{name}",
    caller_when_absent: false,
};

/// A kind of policy.
pub static POLICY_CLASS: ResourceType = ResourceType {
    name: "PolicyClass",
    published_as: "All Resource",
    kind: "policyclass",
    pattern: "acs:apig:{region}:{account}:policyclass/{className}",
    caller_when_absent: false,
};

/// An attachment of a policy.
pub static POLICY_ATTACHMENT: ResourceType = ResourceType {
    name: "PolicyAttachment",
    published_as: "All Resource",
    kind: "policyattachment",
    pattern: "acs:apig:{region}:{account}:policyattachment/{policyAttachmentId}",
    caller_when_absent: false,
};

/// An installed plugin.
pub static PLUGIN: ResourceType = ResourceType {
    name: "Plugin",
    published_as: "All Resource",
    kind: "plugin",
    pattern: "acs:apig:{region}:{account}:plugin/{pluginId}",
    caller_when_absent: false,
};

/// A plugin that can be installed.
pub static PLUGIN_CLASS: ResourceType = ResourceType {
    name: "PluginClass",
    published_as: "All Resource",
    kind: "pluginclass",
    pattern: "acs:apig:{region}:{account}:pluginclass/{pluginClassId}",
    caller_when_absent: false,
};

/// An attachment of a plugin.
pub static PLUGIN_ATTACHMENT: ResourceType = ResourceType {
    name: "PluginAttachment",
    published_as: "All Resource",
    kind: "pluginattachment",
    pattern: "acs:apig:{region}:{account}:pluginattachment/{pluginAttachmentId}",
    caller_when_absent: false,
};

/// An MCP server.
pub static MCP_SERVER: ResourceType = ResourceType {
    name: "McpServer",
    published_as: "All Resource",
    kind: "mcpserver",
    pattern: "acs:apig:{region}:{account}:mcpserver/{mcpServerId}",
    caller_when_absent: false,
};

/// A certificate, seen as a choice for domains.
pub static SSL_CERT: ResourceType = ResourceType {
    name: "SslCert",
    published_as: "All Resource",
    kind: "sslcert",
    pattern: "acs:apig:{region}:{account}:sslcert/{certIdentifier}",
    caller_when_absent: false,
};

/// A zone.
pub static ZONE: ResourceType = ResourceType {
    name: "Zone",
    published_as: "All Resource",
    kind: "zone",
    pattern: "acs:apig:{region}:{account}:zone/{zoneId}",
    caller_when_absent: false,
};

/// The overview.
pub static OVERVIEW: ResourceType = ResourceType {
    name: "Overview",
    published_as: "All Resource",
    kind: "overview",
    pattern: "acs:apig:{region}:{account}:overview/{name}",
    caller_when_absent: false,
};

/// The gateway of the object that the request is about.
pub static GATEWAY_ID: ConditionKey = ConditionKey {
    name: "apig:GatewayId",
    key_type: KeyType::String,
    array: true,
    doc: "The gateway of the object that the request is about.",
};

/// The networks that a gateway is to serve. Published without an action; here creation of gateways supplies it.
pub static NETWORK_TYPE: ConditionKey = ConditionKey {
    name: "apig:NetworkType",
    key_type: KeyType::String,
    array: true,
    doc: "The networks that a gateway is to serve: Internet, Intranet or InternetAndIntranet.",
};

//! Error codes of APIG. Source: APIG API reference 2024-03-27, error codes, and the codes that clients look for; where
//! nothing is published the names follow the pattern `NotFound.<Object>NotFound`, `Conflict.<Object>InUse`.

use crate::error::error_codes;

error_codes! {
    // Values.
    /// A required parameter is absent.
    IS_EMPTY = "InvalidParameter.IsEmpty", 400, "The parameter {Name} is empty.";
    /// A parameter has a wrong value.
    WITH_VALUE = "InvalidParameter.WithValue", 400, "A parameter is not valid.";
    /// One of several parameters is needed and none is given.
    BOTH_EMPTY = "InvalidParameter.BothEmpty", 400, "One of two parameters is needed.";
    /// Only gateways have tags.
    UNSUPPORTED_TAG_RESOURCE_TYPE = "InvalidParameter.UnsupportedTagResourceType", 400,
        "The resource type cannot be tagged.";
    /// A client token comes back with other parameters.
    IDEMPOTENT_PARAMETER_MISMATCH = "IdempotentParameterMismatch", 400,
        "The client token was used with other parameters.";

    // What does not exist.
    /// No such gateway.
    GATEWAY_NOT_FOUND = "NotFound.GatewayNotFound", 404, "The gateway does not exist.";
    /// No such environment.
    ENVIRONMENT_NOT_FOUND = "NotFound.EnvironmentNotFound", 404, "The environment does not exist.";
    /// No such service.
    SERVICE_NOT_FOUND = "NotFound.ServiceNotFound", 404, "The service does not exist.";
    /// No such version.
    SERVICE_VERSION_NOT_FOUND = "NotFound.ServiceVersionNotFound", 404, "The version of the service does not exist.";
    /// No such route, or not of that HTTP API.
    ROUTE_NOT_FOUND = "NotFound.RouteNotFound", 404, "The route does not exist.";
    /// No such policy.
    POLICY_NOT_FOUND = "NotFound.PolicyNotFound", 404, "The policy does not exist.";
    /// No such attachment.
    POLICY_ATTACHMENT_NOT_FOUND = "NotFound.PolicyAttachmentNotFound", 404,
        "The attachment of the policy does not exist.";
    /// No such consumer.
    CONSUMER_NOT_FOUND = "NotFound.ConsumerNotFound", 404, "The consumer does not exist.";
    /// No such rule.
    CONSUMER_AUTHORIZATION_RULE_NOT_FOUND = "NotFound.ConsumerAuthorizationRuleNotFound", 404,
        "The authorization rule does not exist.";
    /// No such certificate.
    CERTIFICATE_NOT_FOUND = "NotFound.CertificateNotFound", 404, "The certificate does not exist.";
    /// No such source.
    SOURCE_NOT_FOUND = "NotFound.SourceNotFound", 404, "The source does not exist.";
    /// No such secret.
    SECRET_NOT_FOUND = "NotFound.SecretNotFound", 404, "The secret does not exist.";
    /// No such MCP server.
    MCP_SERVER_NOT_FOUND = "NotFound.McpServerNotFound", 404, "The MCP server does not exist.";
    /// No such rule.
    SECURITY_GROUP_RULE_NOT_FOUND = "NotFound.SecurityGroupRuleNotFound", 404,
        "The security group rule does not exist.";
    /// No such HTTP API. The code is shared by several kinds of object.
    HTTP_API_NOT_FOUND = "DatabaseError.RecordNotFound", 404, "The HTTP API does not exist.";
    /// No such operation.
    OPERATION_NOT_FOUND = "DatabaseError.RecordNotFound", 404, "The operation does not exist.";
    /// No such domain.
    DOMAIN_NOT_FOUND = "DatabaseError.RecordNotFound", 404, "The domain does not exist.";
    /// No such installed plugin.
    PLUGIN_NOT_FOUND = "DatabaseError.RecordNotFound", 404, "The plugin does not exist.";
    /// No such plugin.
    PLUGIN_CLASS_NOT_FOUND = "DatabaseError.RecordNotFound", 404, "The plugin class does not exist.";
    /// No such attachment.
    PLUGIN_ATTACHMENT_NOT_FOUND = "DatabaseError.RecordNotFound", 404, "The attachment of the plugin does not exist.";

    // What stands in the way.
    /// The gateway is going away.
    GATEWAY_IS_DELETED = "Conflict.GatewayIsDeleted", 409, "The gateway is deleted.";
    /// The gateway is not in a state for this.
    GATEWAY_STATUS_INVALID = "Conflict.GatewayStatusInvalid", 409, "The gateway is not running.";
    /// Something is deployed on the gateway.
    GATEWAY_IN_USE = "Conflict.GatewayInUse", 409, "Something is deployed on the gateway.";
    /// The name is taken.
    GATEWAY_NAME_DUPLICATE = "Conflict.GatewayNameDuplicate", 409, "The name of the gateway is taken.";
    /// Something is deployed to the environment.
    ENVIRONMENT_IN_USE = "Conflict.EnvironmentInUse", 409, "Something is deployed to the environment.";
    /// The name is taken on this gateway.
    ENVIRONMENT_NAME_DUPLICATE = "Conflict.EnvironmentNameDuplicate", 409, "The name of the environment is taken.";
    /// The default environment stays as long as its gateway.
    DEFAULT_ENVIRONMENT = "Conflict.DefaultEnvironmentCannotBeDeleted", 409,
        "The default environment cannot be deleted.";
    /// The name is taken.
    HTTP_API_NAME_DUPLICATE = "Conflict.HttpApiNameDuplicate", 409, "The name of the HTTP API is taken.";
    /// Undeploy it first.
    HTTP_API_DEPLOYED = "Conflict.HttpApiDeployed", 409, "The HTTP API is deployed.";
    /// Name, or method and path, are taken.
    OPERATION_DUPLICATE = "Conflict.OperationDuplicate", 409, "The operation exists already.";
    /// The name is taken in this HTTP API.
    ROUTE_NAME_DUPLICATE = "Conflict.RouteNameDuplicate", 409, "The name of the route is taken.";
    /// Undeploy it first.
    ROUTE_DEPLOYED = "Conflict.RouteDeployed", 409, "The route is deployed.";
    /// The name is taken on this gateway.
    SERVICE_NAME_DUPLICATE = "Conflict.ServiceNameDuplicate", 409, "The name of the service is taken.";
    /// A route uses the service.
    SERVICE_IN_USE = "Conflict.ServiceInUse", 409, "A route uses the service.";
    /// The name is taken.
    SERVICE_VERSION_DUPLICATE = "Conflict.ServiceVersionDuplicate", 409, "The version of the service exists already.";
    /// The name is taken.
    DOMAIN_NAME_DUPLICATE = "Conflict.DomainNameDuplicate", 409, "The domain exists already.";
    /// A route uses the domain.
    DOMAIN_IN_USE = "Conflict.DomainInUse", 409, "A route uses the domain.";
    /// A service uses the source.
    SOURCE_IN_USE = "Conflict.SourceInUse", 409, "A service uses the source.";
    /// The name is taken on this gateway.
    POLICY_EXISTED = "PolicyExisted", 409, "The policy exists already.";
    /// Detach it first.
    POLICY_ATTACHED = "Conflict.PolicyAttached", 409, "The policy is attached.";
    /// Detach it first.
    PLUGIN_ATTACHED = "Conflict.PluginAttached", 409, "The plugin is attached.";
    /// The name is taken.
    CONSUMER_NAME_DUPLICATE = "Conflict.ConsumerNameDuplicate", 409, "The name of the consumer is taken.";
    /// The rule exists already.
    CONSUMER_AUTHORIZATION_FORBIDDEN = "Conflict.ConsumerAuthorizationForbidden", 409,
        "The consumer is authorized already.";
    /// A credential names one consumer.
    CREDENTIAL_DUPLICATE = "Conflict.CredentialDuplicate", 409, "The credential belongs to another consumer.";
    /// The name is taken.
    SECRET_NAME_DUPLICATE = "Conflict.SecretNameDuplicate", 409, "The name of the secret is taken.";
    /// Something refers to the secret.
    SECRET_IN_USE = "Conflict.SecretInUse", 409, "Something refers to the secret.";
    /// The name is taken on this gateway.
    MCP_SERVER_NAME_DUPLICATE = "Conflict.McpServerNameDuplicate", 409, "The name of the MCP server is taken.";
    /// Another change came between; clients try again.
    LOCK_FAILED = "Conflict.LockFailed", 409, "Another change is going on. Try again.";
    /// The first call is still going on.
    IDEMPOTENT_PROCESSING = "IdempotentProcessing", 409, "The first call with this client token is still going on.";

    // Common ones under the product's own names.
    /// The refusal in the published table. Refusals by policy say `NoPermission`.
    FORBIDDEN = "APIG.ErrorCode.Forbidden", 403, "Not allowed to perform the operation.";
    /// The internal error in the published table.
    INTERNAL_ERROR = "APIG.ErrorCode.InternalError", 500, "Internal error.";
}

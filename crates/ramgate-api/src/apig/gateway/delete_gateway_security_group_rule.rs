//! DeleteGatewaySecurityGroupRule.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes back an opening of ports.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteGatewaySecurityGroupRule.
    DeleteGatewaySecurityGroupRule {
        product: APIG,
        bind: (DELETE "/v1/gateways/{gatewayId}/security-group-rules/{securityGroupRuleId}"),
        access: None,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: DeleteGatewaySecurityGroupRuleRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND, errors::SECURITY_GROUP_RULE_NOT_FOUND],
    }
}

/// What [`DeleteGatewaySecurityGroupRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteGatewaySecurityGroupRuleRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// The rule's id.
    pub security_group_rule_id: String,
    /// Whether the rule in the security group goes as well.
    pub cascading_delete: Option<bool>,
}

impl Validate for DeleteGatewaySecurityGroupRuleRequest {}

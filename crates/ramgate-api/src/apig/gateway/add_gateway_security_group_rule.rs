//! AddGatewaySecurityGroupRule.

use crate::apig::{APIG, GATEWAY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Opens ports of a security group to a gateway.
    ///
    /// Source: APIG API reference 2024-03-27, AddGatewaySecurityGroupRule.
    AddGatewaySecurityGroupRule {
        product: APIG,
        bind: (POST "/v1/gateways/{gatewayId}/security-group-rules"),
        access: None,
        resource: (GATEWAY, gateway_id),
        conditions: [],
        request: AddGatewaySecurityGroupRuleRequest,
        response: Unbuilt,
        errors: [errors::GATEWAY_NOT_FOUND],
        required: ["securityGroupId"],
    }
}

/// What [`AddGatewaySecurityGroupRule`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct AddGatewaySecurityGroupRuleRequest {
    /// The gateway's id.
    pub gateway_id: String,
    /// Free text.
    pub description: Option<String>,
    /// Ranges such as `8080/8080`.
    pub port_ranges: Vec<String>,
    /// The security group's id.
    pub security_group_id: String,
}

impl Validate for AddGatewaySecurityGroupRuleRequest {}

//! ListPolicies.

use crate::apig::{APIG, POLICY};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists policies, with their attachments if asked.
    ///
    /// Source: APIG API reference 2024-03-27, ListPolicies.
    ListPolicies {
        product: APIG,
        bind: (GET "/v1/policies"),
        access: None,
        resource: (ALL or (POLICY, *)),
        conditions: [],
        request: ListPoliciesRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListPolicies`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct ListPoliciesRequest {
    /// The id of what it is attached to.
    pub attach_resource_id: Option<String>,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: Option<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// Whether to answer attachments.
    pub with_attachments: Option<bool>,
    /// Whether to list policies of the system.
    pub with_system_policy: Option<bool>,
}

impl Validate for ListPoliciesRequest {}

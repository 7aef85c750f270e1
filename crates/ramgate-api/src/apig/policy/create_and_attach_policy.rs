//! CreateAndAttachPolicy.

use crate::apig::{APIG, POLICY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a policy and attaches it.
    ///
    /// Source: APIG API reference 2024-03-27, CreateAndAttachPolicy.
    CreateAndAttachPolicy {
        product: APIG,
        bind: (POST "/v1/policies"),
        access: None,
        resource: (POLICY, *),
        conditions: [],
        request: CreateAndAttachPolicyRequest,
        response: Unbuilt,
        errors: [errors::POLICY_EXISTED],
        required: ["className", "config", "attachResourceIds", "attachResourceType"],
    }
}

/// What [`CreateAndAttachPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreateAndAttachPolicyRequest {
    /// Ids of what it is attached to, at most 10.
    pub attach_resource_ids: Vec<String>,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: String,
    /// The kind of policy, such as `RateLimit`.
    pub class_name: String,
    /// The configuration, JSON.
    pub config: String,
    /// Free text.
    pub description: Option<String>,
    /// The environment's id.
    pub environment_id: Option<String>,
    /// The gateway's id.
    pub gateway_id: Option<String>,
    /// The name.
    pub name: Option<String>,
}

impl Validate for CreateAndAttachPolicyRequest {}

//! UpdateAndAttachPolicy.

use crate::apig::{APIG, POLICY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes a policy and replaces what it is attached to.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateAndAttachPolicy.
    UpdateAndAttachPolicy {
        product: APIG,
        bind: (PUT "/v1/policies/{policyId}"),
        access: None,
        resource: (POLICY, policy_id),
        conditions: [],
        request: UpdateAndAttachPolicyRequest,
        response: Unbuilt,
        errors: [errors::POLICY_NOT_FOUND],
        required: ["config", "attachResourceIds", "attachResourceType"],
    }
}

/// What [`UpdateAndAttachPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateAndAttachPolicyRequest {
    /// The policy's id.
    pub policy_id: String,
    /// Ids of what it is attached to, at most 10.
    pub attach_resource_ids: Vec<String>,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: String,
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

impl Validate for UpdateAndAttachPolicyRequest {}

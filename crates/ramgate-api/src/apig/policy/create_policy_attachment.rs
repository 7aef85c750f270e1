//! CreatePolicyAttachment.

use crate::apig::{APIG, POLICY_ATTACHMENT, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Attaches a policy.
    ///
    /// Source: APIG API reference 2024-03-27, CreatePolicyAttachment.
    CreatePolicyAttachment {
        product: APIG,
        bind: (POST "/v1/policy-attachments"),
        access: Create,
        resource: (ALL or (POLICY_ATTACHMENT, *)),
        conditions: [],
        request: CreatePolicyAttachmentRequest,
        response: Unbuilt,
        errors: [errors::POLICY_NOT_FOUND],
        required: ["policyId", "attachResourceId", "attachResourceType", "environmentId", "gatewayId"],
    }
}

/// What [`CreatePolicyAttachment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreatePolicyAttachmentRequest {
    /// The id of what it is attached to.
    pub attach_resource_id: String,
    /// `HttpApi`, `Operation`, `GatewayRoute`, `GatewayService`, `GatewayServicePort`, `Domain` or `Gateway`.
    pub attach_resource_type: String,
    /// The environment's id.
    pub environment_id: String,
    /// The gateway's id.
    pub gateway_id: String,
    /// The policy's id.
    pub policy_id: String,
}

impl Validate for CreatePolicyAttachmentRequest {}

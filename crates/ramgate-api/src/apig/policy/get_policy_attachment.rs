//! GetPolicyAttachment.

use crate::apig::{APIG, POLICY_ATTACHMENT, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one attachment of a policy.
    ///
    /// Source: APIG API reference 2024-03-27, GetPolicyAttachment.
    GetPolicyAttachment {
        product: APIG,
        bind: (GET "/v1/policy-attachments/{policyAttachmentId}"),
        access: Get,
        resource: (ALL or (POLICY_ATTACHMENT, policy_attachment_id)),
        conditions: [],
        request: GetPolicyAttachmentRequest,
        response: Unbuilt,
        errors: [errors::POLICY_ATTACHMENT_NOT_FOUND],
    }
}

/// What [`GetPolicyAttachment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetPolicyAttachmentRequest {
    /// The attachment's id.
    pub policy_attachment_id: String,
}

impl Validate for GetPolicyAttachmentRequest {}

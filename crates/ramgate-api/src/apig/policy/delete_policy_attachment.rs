//! DeletePolicyAttachment.

use crate::apig::{APIG, POLICY_ATTACHMENT, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Detaches a policy.
    ///
    /// Source: APIG API reference 2024-03-27, DeletePolicyAttachment.
    DeletePolicyAttachment {
        product: APIG,
        bind: (DELETE "/v1/policy-attachments/{policyAttachmentId}"),
        access: Delete,
        resource: (ALL or (POLICY_ATTACHMENT, policy_attachment_id)),
        conditions: [],
        request: DeletePolicyAttachmentRequest,
        response: Unbuilt,
        errors: [errors::POLICY_ATTACHMENT_NOT_FOUND],
    }
}

/// What [`DeletePolicyAttachment`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeletePolicyAttachmentRequest {
    /// The attachment's id.
    pub policy_attachment_id: String,
}

impl Validate for DeletePolicyAttachmentRequest {}

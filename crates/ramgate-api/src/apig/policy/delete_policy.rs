//! DeletePolicy.

use crate::apig::{APIG, POLICY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a policy that is attached to nothing.
    ///
    /// Source: APIG API reference 2024-03-27, DeletePolicy.
    DeletePolicy {
        product: APIG,
        bind: (DELETE "/v2/policies/{policyId}"),
        access: Delete,
        resource: (ALL or (POLICY, policy_id)),
        conditions: [],
        request: DeletePolicyRequest,
        response: Unbuilt,
        errors: [errors::POLICY_NOT_FOUND, errors::POLICY_ATTACHED],
    }
}

/// What [`DeletePolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeletePolicyRequest {
    /// The policy's id.
    pub policy_id: String,
}

impl Validate for DeletePolicyRequest {}

//! UpdatePolicy.

use crate::apig::{APIG, POLICY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes a policy.
    ///
    /// Source: APIG API reference 2024-03-27, UpdatePolicy.
    UpdatePolicy {
        product: APIG,
        bind: (PUT "/v2/policies/{policyId}"),
        access: Update,
        resource: (ALL or (POLICY, policy_id)),
        conditions: [],
        request: UpdatePolicyRequest,
        response: Unbuilt,
        errors: [errors::POLICY_NOT_FOUND],
        required: ["name", "config"],
    }
}

/// What [`UpdatePolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdatePolicyRequest {
    /// The policy's id.
    pub policy_id: String,
    /// The configuration, JSON.
    pub config: String,
    /// Free text.
    pub description: Option<String>,
    /// The name.
    pub name: String,
}

impl Validate for UpdatePolicyRequest {}

//! GetPolicy.

use crate::apig::{APIG, POLICY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one policy.
    ///
    /// Source: APIG API reference 2024-03-27, GetPolicy.
    GetPolicy {
        product: APIG,
        bind: (GET "/v2/policies/{policyId}"),
        access: Get,
        resource: (POLICY, policy_id),
        conditions: [],
        request: GetPolicyRequest,
        response: Unbuilt,
        errors: [errors::POLICY_NOT_FOUND],
    }
}

/// What [`GetPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetPolicyRequest {
    /// The policy's id.
    pub policy_id: String,
}

impl Validate for GetPolicyRequest {}

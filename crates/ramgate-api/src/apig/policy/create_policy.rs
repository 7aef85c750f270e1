//! CreatePolicy.

use crate::apig::{APIG, POLICY, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a policy without attaching it.
    ///
    /// Source: APIG API reference 2024-03-27, CreatePolicy.
    CreatePolicy {
        product: APIG,
        bind: (POST "/v2/policies"),
        access: None,
        resource: (ALL or (POLICY, *)),
        conditions: [],
        request: CreatePolicyRequest,
        response: Unbuilt,
        errors: [errors::POLICY_EXISTED],
        required: ["name", "className", "config"],
    }
}

/// What [`CreatePolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct CreatePolicyRequest {
    /// The kind of policy, such as `RateLimit`.
    pub class_name: String,
    /// The configuration, JSON.
    pub config: String,
    /// Free text.
    pub description: Option<String>,
    /// The name.
    pub name: String,
}

impl Validate for CreatePolicyRequest {}

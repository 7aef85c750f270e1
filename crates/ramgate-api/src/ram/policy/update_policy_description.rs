//! UpdatePolicyDescription.

use super::Policy;
use crate::ram::{POLICY, RAM, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Changes the description of a custom policy.
    ///
    /// Source: RAM API reference 2015-05-01, UpdatePolicyDescription.
    UpdatePolicyDescription {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (POLICY, policy_name),
        conditions: [],
        request: UpdatePolicyDescriptionRequest,
        response: UpdatePolicyDescriptionResponse,
        errors: [errors::POLICY_NOT_FOUND],
        required: ["PolicyName", "NewDescription"],
    }
}

/// What [`UpdatePolicyDescription`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdatePolicyDescriptionRequest {
    /// The new description, up to 1,024 characters.
    pub new_description: String,
    /// The policy's name.
    pub policy_name: String,
}

impl Validate for UpdatePolicyDescriptionRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::description(checker, Some(&self.new_description));
    }
}

/// What [`UpdatePolicyDescription`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdatePolicyDescriptionResponse {
    /// The policy.
    pub policy: Policy,
}

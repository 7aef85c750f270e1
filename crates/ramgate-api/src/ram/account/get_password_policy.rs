//! GetPasswordPolicy.

use super::PasswordPolicy;
use crate::ram::RAM;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns what console passwords must be like.
    ///
    /// Source: RAM API reference 2015-05-01, GetPasswordPolicy.
    GetPasswordPolicy {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetPasswordPolicyRequest,
        response: GetPasswordPolicyResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetPasswordPolicyRequest {}

impl Validate for GetPasswordPolicyRequest {}

/// What [`GetPasswordPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetPasswordPolicyResponse {
    /// The policy in force.
    pub password_policy: PasswordPolicy,
}

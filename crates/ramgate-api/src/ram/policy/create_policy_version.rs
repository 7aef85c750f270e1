//! CreatePolicyVersion.

use super::PolicyVersion;
use crate::ram::{POLICY, RAM, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Adds a version to a custom policy.
    ///
    /// Source: RAM API reference 2015-05-01, CreatePolicyVersion.
    CreatePolicyVersion {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: (POLICY, policy_name),
        conditions: [],
        request: CreatePolicyVersionRequest,
        response: CreatePolicyVersionResponse,
        errors: [errors::POLICY_NOT_FOUND, errors::POLICY_VERSION_LIMIT, errors::MALFORMED_POLICY_DOCUMENT],
        required: ["PolicyName", "PolicyDocument"],
    }
}

/// What [`CreatePolicyVersion`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreatePolicyVersionRequest {
    /// The document, JSON, 1–6,144 characters; kept byte for byte.
    pub policy_document: String,
    /// The policy's name.
    pub policy_name: String,
    /// `None`, or `DeleteOldestNonDefaultVersionWhenLimitExceeded` to make room by removing the oldest version.
    pub rotate_strategy: Option<String>,
    /// Whether it comes into force at once.
    pub set_as_default: Option<bool>,
}

impl Validate for CreatePolicyVersionRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_document(checker, &self.policy_document);
        checker.one_of(
            "RotateStrategy",
            self.rotate_strategy.as_deref(),
            &["None", "DeleteOldestNonDefaultVersionWhenLimitExceeded"],
        );
    }
}

/// What [`CreatePolicyVersion`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyVersionResponse {
    /// The version.
    pub policy_version: PolicyVersion,
}

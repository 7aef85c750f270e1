//! CreatePolicy.

use super::Policy;
use crate::ram::Tag;
use crate::ram::{POLICY, RAM, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a custom policy; the document becomes version v1.
    ///
    /// Source: RAM API reference 2015-05-01, CreatePolicy.
    CreatePolicy {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: (POLICY, *),
        conditions: [],
        request: CreatePolicyRequest,
        response: CreatePolicyResponse,
        errors: [errors::POLICY_EXISTS, errors::POLICY_LIMIT, errors::MALFORMED_POLICY_DOCUMENT],
        required: ["PolicyName", "PolicyDocument"],
    }
}

/// What [`CreatePolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreatePolicyRequest {
    /// A description, up to 1,024 characters.
    pub description: Option<String>,
    /// The document, JSON, 1–6,144 characters; kept byte for byte.
    pub policy_document: String,
    /// 1–128 of letters, digits, `-`; unique without regard to case.
    pub policy_name: String,
    /// Tags, at most 20.
    pub tag: Vec<Tag>,
}

impl Validate for CreatePolicyRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::description(checker, self.description.as_deref());
        checks::policy_document(checker, &self.policy_document);
        checks::policy_name(checker, &self.policy_name);
        checks::tags(checker, &self.tag);
    }
}

/// What [`CreatePolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreatePolicyResponse {
    /// The policy.
    pub policy: Policy,
}

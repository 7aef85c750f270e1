//! UntagResources.

use crate::ram::{POLICY, RAM, ROLE, errors, targets};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes tags from roles or policies.
    ///
    /// Source: RAM API reference 2015-05-01, UntagResources.
    UntagResources {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (one of [POLICY, ROLE], resource_names by targets::tagged),
        conditions: [],
        request: UntagResourcesRequest,
        response: Empty,
        errors: [errors::POLICY_NOT_FOUND, errors::ROLE_NOT_FOUND],
        required: ["ResourceType", "ResourceNames"],
    }
}

/// What [`UntagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UntagResourcesRequest {
    /// Whether to take all tags away; counts only without `TagKeys`.
    pub all: Option<bool>,
    /// Names of roles or policies, at most 50.
    pub resource_names: Vec<String>,
    /// `role` or `policy`.
    pub resource_type: String,
    /// Keys of the tags to take away.
    pub tag_keys: Vec<String>,
}

impl Validate for UntagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.count("ResourceNames", self.resource_names.len(), 50);
        checker.one_of("ResourceType", Some(&self.resource_type), &["role", "policy"]);
    }
}

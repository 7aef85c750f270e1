//! TagResources.

use super::Tag;
use crate::ram::{POLICY, RAM, ROLE, checks, errors, targets};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Puts tags on roles or policies.
    ///
    /// Source: RAM API reference 2015-05-01, TagResources.
    TagResources {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (one of [POLICY, ROLE], resource_names by targets::tagged),
        conditions: [],
        request: TagResourcesRequest,
        response: Empty,
        errors: [errors::POLICY_NOT_FOUND, errors::ROLE_NOT_FOUND],
        required: ["ResourceType", "ResourceNames", "Tag"],
    }
}

/// What [`TagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct TagResourcesRequest {
    /// Names of roles or policies, at most 50.
    pub resource_names: Vec<String>,
    /// `role` or `policy`.
    pub resource_type: String,
    /// Tags, at most 20.
    pub tag: Vec<Tag>,
}

impl Validate for TagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.count("ResourceNames", self.resource_names.len(), 50);
        checker.one_of("ResourceType", Some(&self.resource_type), &["role", "policy"]);
        checks::tags(checker, &self.tag);
    }
}

//! UntagResources.

use crate::ims::{IMS, checks, targets};
use crate::ram::{USER, errors as ram};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes tags from users.
    ///
    /// Source: IMS API reference 2019-08-15, UntagResources.
    UntagResources {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, resource_id by targets::tagged),
        conditions: [],
        request: UntagResourcesRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND],
        required: ["ResourceType"],
    }
}

/// What [`UntagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UntagResourcesRequest {
    /// Takes all tags, where no keys are named.
    pub all: Option<bool>,
    /// Ids of the users, at most 50; either these or principal names.
    pub resource_id: Vec<String>,
    /// Logon names of the users with their domains, at most 50; either these or ids.
    pub resource_principal_name: Vec<String>,
    /// `user`.
    pub resource_type: String,
    /// The keys to take, at most 20.
    pub tag_key: Vec<String>,
}

impl Validate for UntagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::tagged(checker, &self.resource_type, &self.resource_id, &self.resource_principal_name, true);
        checker.needed("TagKey", !self.tag_key.is_empty() || self.all == Some(true));
        checker.count("TagKey", self.tag_key.len(), 20);
    }
}

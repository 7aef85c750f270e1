//! TagResources.

use crate::ims::{IMS, checks, targets};
use crate::ram::{Tag, USER, errors as ram};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Gives users tags. A key that a user has already gets the new value.
    ///
    /// Source: IMS API reference 2019-08-15, TagResources.
    TagResources {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, resource_id by targets::tagged),
        conditions: [],
        request: TagResourcesRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND],
        required: ["ResourceType"],
    }
}

/// What [`TagResources`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct TagResourcesRequest {
    /// Ids of the users, at most 50; either these or principal names.
    pub resource_id: Vec<String>,
    /// Logon names of the users with their domains, at most 50; either these or ids.
    pub resource_principal_name: Vec<String>,
    /// `user`.
    pub resource_type: String,
    /// 1–20 tags; values up to 128 characters.
    pub tag: Vec<Tag>,
}

impl Validate for TagResourcesRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::tagged(checker, &self.resource_type, &self.resource_id, &self.resource_principal_name, true);
        checker.needed("Tag", !self.tag.is_empty());
        checks::user_tags(checker, &self.tag);
    }
}

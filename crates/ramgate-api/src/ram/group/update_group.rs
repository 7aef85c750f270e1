//! UpdateGroup.

use super::Group;
use crate::ram::{GROUP, RAM, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Renames a group or changes its remark.
    ///
    /// Source: RAM API reference 2015-05-01, UpdateGroup.
    UpdateGroup {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (GROUP, group_name),
        conditions: [],
        request: UpdateGroupRequest,
        response: UpdateGroupResponse,
        errors: [errors::GROUP_NOT_FOUND, errors::GROUP_EXISTS],
        required: ["GroupName"],
    }
}

/// What [`UpdateGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGroupRequest {
    /// The group's name.
    pub group_name: String,
    /// The new remark, up to 128 characters.
    pub new_comments: Option<String>,
    /// The new name, 1–64 of letters, digits, `.`, `-`, `_`.
    pub new_group_name: Option<String>,
}

impl Validate for UpdateGroupRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::new_comments(checker, self.new_comments.as_deref());
        checks::new_group_name(checker, self.new_group_name.as_deref());
    }
}

/// What [`UpdateGroup`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateGroupResponse {
    /// The group.
    pub group: Group,
}

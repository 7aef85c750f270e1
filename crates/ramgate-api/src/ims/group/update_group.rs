//! UpdateGroup.

use super::Group;
use crate::ims::{IMS, checks};
use crate::ram::{GROUP, checks as ram_checks, errors as ram};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Renames a group or changes what is shown of it. What is left out stays.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateGroup.
    UpdateGroup {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (GROUP, group_name),
        conditions: [],
        request: UpdateGroupRequest,
        response: UpdateGroupResponse,
        errors: [ram::GROUP_NOT_FOUND, ram::GROUP_EXISTS],
        required: ["GroupName"],
    }
}

/// What [`UpdateGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateGroupRequest {
    /// The group's name, without regard to case.
    pub group_name: String,
    /// The new remark, up to 128 characters.
    pub new_comments: Option<String>,
    /// The new name shown, up to 24 characters.
    pub new_display_name: Option<String>,
    /// The new name, 1–64 of letters, digits, `.`, `-`, `_`.
    pub new_group_name: Option<String>,
}

impl Validate for UpdateGroupRequest {
    fn validate(&self, checker: &mut Checker) {
        ram_checks::new_comments(checker, self.new_comments.as_deref());
        checks::new_group_display_name(checker, self.new_display_name.as_deref());
        ram_checks::new_group_name(checker, self.new_group_name.as_deref());
    }
}

/// What [`UpdateGroup`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateGroupResponse {
    /// The group.
    pub group: Group,
}

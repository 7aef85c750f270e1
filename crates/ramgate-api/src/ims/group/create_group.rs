//! CreateGroup.

use super::Group;
use crate::ims::{IMS, checks};
use crate::ram::{GROUP, checks as ram_checks, errors as ram};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a group of users.
    ///
    /// Source: IMS API reference 2019-08-15, CreateGroup.
    CreateGroup {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (GROUP, *),
        conditions: [],
        request: CreateGroupRequest,
        response: CreateGroupResponse,
        errors: [ram::GROUP_EXISTS, ram::GROUP_LIMIT],
        required: ["GroupName"],
    }
}

/// What [`CreateGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateGroupRequest {
    /// A remark, up to 128 characters.
    pub comments: Option<String>,
    /// The name shown, up to 24 characters.
    pub display_name: Option<String>,
    /// 1–64 of letters, digits, `.`, `-`, `_`; unique without regard to case.
    pub group_name: String,
}

impl Validate for CreateGroupRequest {
    fn validate(&self, checker: &mut Checker) {
        ram_checks::comments(checker, self.comments.as_deref());
        checks::group_display_name(checker, self.display_name.as_deref());
        ram_checks::group_name(checker, &self.group_name);
    }
}

/// What [`CreateGroup`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGroupResponse {
    /// The group.
    pub group: Group,
}

//! CreateGroup.

use super::Group;
use crate::ram::{GROUP, RAM, checks, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a group of users.
    ///
    /// Source: RAM API reference 2015-05-01, CreateGroup.
    CreateGroup {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: (GROUP, *),
        conditions: [],
        request: CreateGroupRequest,
        response: CreateGroupResponse,
        errors: [errors::GROUP_EXISTS, errors::GROUP_LIMIT],
        required: ["GroupName"],
    }
}

/// What [`CreateGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateGroupRequest {
    /// A remark, up to 128 characters.
    pub comments: Option<String>,
    /// 1–64 of letters, digits, `.`, `-`, `_`.
    pub group_name: String,
}

impl Validate for CreateGroupRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::comments(checker, self.comments.as_deref());
        checks::group_name(checker, &self.group_name);
    }
}

/// What [`CreateGroup`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateGroupResponse {
    /// The group.
    pub group: Group,
}

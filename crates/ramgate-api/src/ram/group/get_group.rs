//! GetGroup.

use super::Group;
use crate::ram::{GROUP, RAM, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one group.
    ///
    /// Source: RAM API reference 2015-05-01, GetGroup.
    GetGroup {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (GROUP, group_name),
        conditions: [],
        request: GetGroupRequest,
        response: GetGroupResponse,
        errors: [errors::GROUP_NOT_FOUND],
        required: ["GroupName"],
    }
}

/// What [`GetGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGroupRequest {
    /// The group's name.
    pub group_name: String,
}

impl Validate for GetGroupRequest {}

/// What [`GetGroup`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetGroupResponse {
    /// The group.
    pub group: Group,
}

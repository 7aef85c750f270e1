//! GetGroup.

use super::Group;
use crate::ims::IMS;
use crate::ram::{GROUP, errors as ram};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one group.
    ///
    /// Source: IMS API reference 2019-08-15, GetGroup.
    GetGroup {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (GROUP, group_name),
        conditions: [],
        request: GetGroupRequest,
        response: GetGroupResponse,
        errors: [ram::GROUP_NOT_FOUND],
        required: ["GroupName"],
    }
}

/// What [`GetGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGroupRequest {
    /// The group's name, without regard to case.
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

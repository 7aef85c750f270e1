//! GetGroup.

use crate::ram::{GROUP, RAM, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

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
        response: Unbuilt,
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

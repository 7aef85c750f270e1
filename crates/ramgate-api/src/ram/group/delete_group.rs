//! DeleteGroup.

use crate::ram::{GROUP, RAM, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a group that has no members and no policies.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteGroup.
    DeleteGroup {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (GROUP, group_name),
        conditions: [],
        request: DeleteGroupRequest,
        response: Empty,
        errors: [errors::GROUP_NOT_FOUND, errors::GROUP_HAS_USER, errors::GROUP_HAS_POLICY],
        required: ["GroupName"],
    }
}

/// What [`DeleteGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteGroupRequest {
    /// The group's name.
    pub group_name: String,
}

impl Validate for DeleteGroupRequest {}

//! DeleteGroup.

use crate::ims::IMS;
use crate::ram::{GROUP, errors as ram};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a group that has no members and no policies.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteGroup.
    DeleteGroup {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (GROUP, group_name),
        conditions: [],
        request: DeleteGroupRequest,
        response: Empty,
        errors: [ram::GROUP_NOT_FOUND, ram::GROUP_HAS_USER, ram::GROUP_HAS_POLICY],
        required: ["GroupName"],
    }
}

/// What [`DeleteGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteGroupRequest {
    /// The group's name, without regard to case.
    pub group_name: String,
}

impl Validate for DeleteGroupRequest {}

//! ListPoliciesForGroup.

use super::AttachedPolicyList;
use crate::ram::{GROUP, RAM, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the policies of a group.
    ///
    /// Source: RAM API reference 2015-05-01, ListPoliciesForGroup.
    ListPoliciesForGroup {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (GROUP, group_name),
        conditions: [],
        request: ListPoliciesForGroupRequest,
        response: ListPoliciesForGroupResponse,
        errors: [errors::GROUP_NOT_FOUND],
        required: ["GroupName"],
    }
}

/// What [`ListPoliciesForGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListPoliciesForGroupRequest {
    /// The group's name.
    pub group_name: String,
}

impl Validate for ListPoliciesForGroupRequest {}

/// What [`ListPoliciesForGroup`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesForGroupResponse {
    /// The policies.
    pub policies: AttachedPolicyList,
}

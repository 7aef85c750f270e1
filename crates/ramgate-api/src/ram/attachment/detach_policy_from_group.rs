//! DetachPolicyFromGroup.

use crate::ram::{GROUP, POLICY, RAM, checks, errors, targets};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes a policy from a group.
    ///
    /// Source: RAM API reference 2015-05-01, DetachPolicyFromGroup.
    DetachPolicyFromGroup {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: [(GROUP, group_name), (POLICY, policy_name by targets::policy)],
        conditions: [],
        request: DetachPolicyFromGroupRequest,
        response: Empty,
        errors: [errors::GROUP_NOT_FOUND, errors::GROUP_POLICY_NOT_FOUND],
        required: ["PolicyType", "PolicyName", "GroupName"],
    }
}

/// What [`DetachPolicyFromGroup`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DetachPolicyFromGroupRequest {
    /// The group's name.
    pub group_name: String,
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
    /// The resource group that the grant is limited to; the whole account where absent.
    pub resource_group_id: Option<String>,
}

impl Validate for DetachPolicyFromGroupRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_type(checker, Some(&self.policy_type));
    }
}

//! ListEntitiesForPolicy.

use super::{AttachedGroups, AttachedRoles, AttachedUsers};
use crate::ram::{POLICY, RAM, checks, errors, targets};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the users, groups and roles that have a policy.
    ///
    /// Source: RAM API reference 2015-05-01, ListEntitiesForPolicy.
    ListEntitiesForPolicy {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (POLICY, policy_name by targets::policy),
        conditions: [],
        request: ListEntitiesForPolicyRequest,
        response: ListEntitiesForPolicyResponse,
        errors: [errors::POLICY_NOT_FOUND],
        required: ["PolicyType", "PolicyName"],
    }
}

/// What [`ListEntitiesForPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListEntitiesForPolicyRequest {
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
}

impl Validate for ListEntitiesForPolicyRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_type(checker, Some(&self.policy_type));
    }
}

/// What [`ListEntitiesForPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListEntitiesForPolicyResponse {
    /// The groups.
    pub groups: AttachedGroups,
    /// The roles.
    pub roles: AttachedRoles,
    /// The users.
    pub users: AttachedUsers,
}

//! AttachPolicyToUser.

use crate::ram::{POLICY, RAM, USER, checks, errors, targets};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Gives a policy to a user.
    ///
    /// Source: RAM API reference 2015-05-01, AttachPolicyToUser.
    AttachPolicyToUser {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: [(USER, user_name), (POLICY, policy_name by targets::policy)],
        conditions: [],
        request: AttachPolicyToUserRequest,
        response: Empty,
        errors: [
            errors::USER_NOT_FOUND,
            errors::POLICY_NOT_FOUND,
            errors::USER_POLICY_EXISTS,
            errors::USER_POLICY_LIMIT,
        ],
        required: ["PolicyType", "PolicyName", "UserName"],
    }
}

/// What [`AttachPolicyToUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AttachPolicyToUserRequest {
    /// The policy's name.
    pub policy_name: String,
    /// `System` or `Custom`.
    pub policy_type: String,
    /// The resource group that the grant is limited to; the whole account where absent.
    pub resource_group_id: Option<String>,
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for AttachPolicyToUserRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::policy_type(checker, Some(&self.policy_type));
    }
}

//! ListPoliciesForUser.

use super::AttachedPolicyList;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the policies that a user was given directly.
    ///
    /// Source: RAM API reference 2015-05-01, ListPoliciesForUser.
    ListPoliciesForUser {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (USER, user_name),
        conditions: [],
        request: ListPoliciesForUserRequest,
        response: ListPoliciesForUserResponse,
        errors: [errors::USER_NOT_FOUND],
        required: ["UserName"],
    }
}

/// What [`ListPoliciesForUser`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListPoliciesForUserRequest {
    /// The user's logon name, without regard to case.
    pub user_name: String,
}

impl Validate for ListPoliciesForUserRequest {}

/// What [`ListPoliciesForUser`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListPoliciesForUserResponse {
    /// The policies.
    pub policies: AttachedPolicyList,
}

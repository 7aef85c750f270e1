//! GetAccessKeyPolicyForAccount.

use crate::ims::IMS;
use crate::ram::errors as ram;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns from which networks the access keys of the account may be used.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccessKeyPolicyForAccount.
    GetAccessKeyPolicyForAccount {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAccessKeyPolicyForAccountRequest,
        response: GetAccessKeyPolicyForAccountResponse,
        errors: [ram::ACCESS_KEY_POLICY_NOT_FOUND],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccessKeyPolicyForAccountRequest {}

impl Validate for GetAccessKeyPolicyForAccountRequest {}

/// What [`GetAccessKeyPolicyForAccount`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyPolicyForAccountResponse {
    /// The policy, as it was set.
    pub access_key_policy: String,
}

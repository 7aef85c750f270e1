//! SetAccessKeyPolicyForAccount.

use crate::ims::{IMS, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Says from which networks the access keys of the account may be used that have no policy of their own.
    ///
    /// Source: IMS API reference 2019-08-15, SetAccessKeyPolicyForAccount.
    SetAccessKeyPolicyForAccount {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: ALL,
        conditions: [],
        request: SetAccessKeyPolicyForAccountRequest,
        response: SetAccessKeyPolicyForAccountResponse,
        errors: [errors::NETWORK_POLICY_INVALID],
        required: ["AccessKeyPolicy"],
    }
}

/// What [`SetAccessKeyPolicyForAccount`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetAccessKeyPolicyForAccountRequest {
    /// The policy as a JSON text:
    /// `{"Status":"Active","Statements":[{"Type":"ClassicWhiteList","IPList":["10.0.0.0/8"]}]}`. At most 8
    /// statements and 50 networks.
    pub access_key_policy: String,
}

impl Validate for SetAccessKeyPolicyForAccountRequest {}

/// What [`SetAccessKeyPolicyForAccount`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetAccessKeyPolicyForAccountResponse {
    /// The policy, as it was set.
    pub access_key_policy: String,
}

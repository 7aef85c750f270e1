//! GetAccessKeyPolicy.

use crate::ims::{IMS, targets};
use crate::ram::{USER, errors as ram};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns from which networks one access key may be used.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccessKeyPolicy.
    GetAccessKeyPolicy {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: GetAccessKeyPolicyRequest,
        response: GetAccessKeyPolicyResponse,
        errors: [ram::USER_NOT_FOUND, ram::ACCESS_KEY_NOT_FOUND, ram::ACCESS_KEY_POLICY_NOT_FOUND],
        required: ["UserAccessKeyId"],
    }
}

/// What [`GetAccessKeyPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccessKeyPolicyRequest {
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for GetAccessKeyPolicyRequest {}

/// What [`GetAccessKeyPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyPolicyResponse {
    /// The id of the key.
    pub access_key_id: String,
    /// The policy, as it was set.
    pub access_key_policy: String,
}

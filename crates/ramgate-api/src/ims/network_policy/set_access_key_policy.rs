//! SetAccessKeyPolicy.

use crate::ims::{IMS, errors, targets};
use crate::ram::{USER, errors as ram};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Says from which networks one access key may be used.
    ///
    /// Source: IMS API reference 2019-08-15, SetAccessKeyPolicy.
    SetAccessKeyPolicy {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: SetAccessKeyPolicyRequest,
        response: SetAccessKeyPolicyResponse,
        errors: [ram::USER_NOT_FOUND, ram::ACCESS_KEY_NOT_FOUND, errors::NETWORK_POLICY_INVALID],
        required: ["UserAccessKeyId", "AccessKeyPolicy"],
    }
}

/// What [`SetAccessKeyPolicy`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct SetAccessKeyPolicyRequest {
    /// The policy as a JSON text:
    /// `{"Status":"Active","Statements":[{"Type":"ClassicWhiteList","IPList":["10.0.0.0/8"]}]}`. At most 8
    /// statements and 50 networks.
    pub access_key_policy: String,
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for SetAccessKeyPolicyRequest {}

/// What [`SetAccessKeyPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SetAccessKeyPolicyResponse {
    /// The id of the key.
    pub access_key_id: String,
    /// The policy, as it was set.
    pub access_key_policy: String,
}

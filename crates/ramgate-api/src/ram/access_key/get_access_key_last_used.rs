//! GetAccessKeyLastUsed.

use super::AccessKeyLastUsed;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Tells when an access key was last used.
    ///
    /// Source: RAM API reference 2015-05-01, GetAccessKeyLastUsed.
    GetAccessKeyLastUsed {
        product: RAM,
        bind: RPC,
        access: Get,
        resource: (USER, user_name),
        conditions: [],
        request: GetAccessKeyLastUsedRequest,
        response: GetAccessKeyLastUsedResponse,
        errors: [errors::USER_NOT_FOUND, errors::ACCESS_KEY_NOT_FOUND],
        required: ["UserAccessKeyId"],
    }
}

/// What [`GetAccessKeyLastUsed`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsedRequest {
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key; the caller where absent.
    pub user_name: Option<String>,
}

impl Validate for GetAccessKeyLastUsedRequest {}

/// What [`GetAccessKeyLastUsed`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsedResponse {
    /// The last use.
    pub access_key_last_used: AccessKeyLastUsed,
}

//! GetAccessKeyLastUsed.

use super::AccessKeyLastUsed;
use crate::ims::{IMS, targets};
use crate::ram::{USER, errors as ram};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Tells when and for what an access key was last used.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccessKeyLastUsed.
    GetAccessKeyLastUsed {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: GetAccessKeyLastUsedRequest,
        response: GetAccessKeyLastUsedResponse,
        errors: [ram::USER_NOT_FOUND, ram::ACCESS_KEY_NOT_FOUND],
        required: ["UserAccessKeyId"],
    }
}

/// What [`GetAccessKeyLastUsed`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsedRequest {
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for GetAccessKeyLastUsedRequest {}

/// What [`GetAccessKeyLastUsed`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyLastUsedResponse {
    /// The last use.
    pub access_key_last_used: AccessKeyLastUsed,
}

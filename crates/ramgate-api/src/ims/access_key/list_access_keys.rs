//! ListAccessKeys.

use super::AccessKeyList;
use crate::ims::{IMS, targets};
use crate::ram::{USER, errors as ram};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the access keys of a user, or of the caller.
    ///
    /// Source: IMS API reference 2019-08-15, ListAccessKeys.
    ListAccessKeys {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: ListAccessKeysRequest,
        response: ListAccessKeysResponse,
        errors: [ram::USER_NOT_FOUND],
    }
}

/// What [`ListAccessKeys`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListAccessKeysRequest {
    /// Whose keys, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for ListAccessKeysRequest {}

/// What [`ListAccessKeys`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccessKeysResponse {
    /// The keys.
    pub access_keys: AccessKeyList,
}

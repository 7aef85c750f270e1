//! ListAccessKeys.

use super::AccessKeyList;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the access keys of a user, or of the caller, without their secrets.
    ///
    /// Source: RAM API reference 2015-05-01, ListAccessKeys.
    ListAccessKeys {
        product: RAM,
        bind: RPC,
        access: List,
        resource: (USER, user_name),
        conditions: [],
        request: ListAccessKeysRequest,
        response: ListAccessKeysResponse,
        errors: [errors::USER_NOT_FOUND],
    }
}

/// What [`ListAccessKeys`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListAccessKeysRequest {
    /// Whose keys; the caller where absent.
    pub user_name: Option<String>,
}

impl Validate for ListAccessKeysRequest {}

/// What [`ListAccessKeys`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccessKeysResponse {
    /// The keys.
    pub access_keys: AccessKeyList,
}

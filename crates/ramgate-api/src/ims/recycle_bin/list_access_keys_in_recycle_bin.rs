//! ListAccessKeysInRecycleBin.

use super::RecycledAccessKeyList;
use crate::ims::IMS;
use crate::ram::errors as ram;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Lists the access keys of a user that are in the recycle bin.
    ///
    /// Source: IMS API reference 2019-08-15, ListAccessKeysInRecycleBin.
    ListAccessKeysInRecycleBin {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListAccessKeysInRecycleBinRequest,
        response: ListAccessKeysInRecycleBinResponse,
        errors: [ram::USER_NOT_FOUND],
        required: ["UserId"],
    }
}

/// What [`ListAccessKeysInRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListAccessKeysInRecycleBinRequest {
    /// The user's id.
    pub user_id: String,
}

impl Validate for ListAccessKeysInRecycleBinRequest {}

/// What [`ListAccessKeysInRecycleBin`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct ListAccessKeysInRecycleBinResponse {
    /// The keys.
    pub access_keys: RecycledAccessKeyList,
}

//! GetAccessKeyInfoInRecycleBin.

use super::RecycledAccessKeyInfo;
use crate::ims::IMS;
use crate::ram::errors as ram;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns one access key in the recycle bin.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccessKeyInfoInRecycleBin.
    GetAccessKeyInfoInRecycleBin {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAccessKeyInfoInRecycleBinRequest,
        response: GetAccessKeyInfoInRecycleBinResponse,
        errors: [ram::ACCESS_KEY_NOT_FOUND],
        required: ["UserAccessKeyId"],
    }
}

/// What [`GetAccessKeyInfoInRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccessKeyInfoInRecycleBinRequest {
    /// The id of the key.
    pub user_access_key_id: String,
}

impl Validate for GetAccessKeyInfoInRecycleBinRequest {}

/// What [`GetAccessKeyInfoInRecycleBin`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccessKeyInfoInRecycleBinResponse {
    /// The key.
    pub access_key: RecycledAccessKeyInfo,
}

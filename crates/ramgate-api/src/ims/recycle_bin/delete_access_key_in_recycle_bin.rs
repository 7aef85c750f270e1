//! DeleteAccessKeyInRecycleBin.

use crate::ims::IMS;
use crate::ram::errors as ram;
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an access key in the recycle bin for good.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteAccessKeyInRecycleBin.
    DeleteAccessKeyInRecycleBin {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: DeleteAccessKeyInRecycleBinRequest,
        response: Empty,
        errors: [ram::ACCESS_KEY_NOT_FOUND],
        required: ["UserAccessKeyId"],
    }
}

/// What [`DeleteAccessKeyInRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteAccessKeyInRecycleBinRequest {
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key it is; where given, it must be so.
    pub user_id: Option<String>,
}

impl Validate for DeleteAccessKeyInRecycleBinRequest {}

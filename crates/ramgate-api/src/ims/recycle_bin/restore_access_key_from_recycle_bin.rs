//! RestoreAccessKeyFromRecycleBin.

use crate::ims::IMS;
use crate::ram::errors as ram;
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes an access key back out of the recycle bin, switched off. Its user must not be in there.
    ///
    /// Source: IMS API reference 2019-08-15, RestoreAccessKeyFromRecycleBin.
    RestoreAccessKeyFromRecycleBin {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: RestoreAccessKeyFromRecycleBinRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND, ram::ACCESS_KEY_NOT_FOUND, ram::ACCESS_KEY_LIMIT],
        required: ["UserAccessKeyId"],
    }
}

/// What [`RestoreAccessKeyFromRecycleBin`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct RestoreAccessKeyFromRecycleBinRequest {
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key it is; where given, it must be so.
    pub user_id: Option<String>,
}

impl Validate for RestoreAccessKeyFromRecycleBinRequest {}

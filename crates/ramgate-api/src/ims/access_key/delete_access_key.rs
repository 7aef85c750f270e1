//! DeleteAccessKey.

use crate::ims::{IMS, targets};
use crate::ram::{USER, errors as ram};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Moves an access key of a user into the recycle bin, where it is of no use to anybody. A key of the account
    /// itself is removed for good.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteAccessKey.
    DeleteAccessKey {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: DeleteAccessKeyRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND, ram::ACCESS_KEY_NOT_FOUND],
        required: ["UserAccessKeyId"],
    }
}

/// What [`DeleteAccessKey`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteAccessKeyRequest {
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for DeleteAccessKeyRequest {}

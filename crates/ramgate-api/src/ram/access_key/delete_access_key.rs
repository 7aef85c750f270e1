//! DeleteAccessKey.

use crate::ram::{RAM, USER, errors};
use crate::{Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an access key.
    ///
    /// Source: RAM API reference 2015-05-01, DeleteAccessKey.
    DeleteAccessKey {
        product: RAM,
        bind: RPC,
        access: Delete,
        resource: (USER, user_name),
        conditions: [],
        request: DeleteAccessKeyRequest,
        response: Empty,
        errors: [errors::USER_NOT_FOUND, errors::ACCESS_KEY_NOT_FOUND],
        required: ["UserAccessKeyId"],
    }
}

/// What [`DeleteAccessKey`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteAccessKeyRequest {
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key; the caller where absent.
    pub user_name: Option<String>,
}

impl Validate for DeleteAccessKeyRequest {}

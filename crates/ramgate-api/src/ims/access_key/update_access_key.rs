//! UpdateAccessKey.

use crate::ims::{IMS, targets};
use crate::ram::{USER, errors as ram};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Switches an access key on or off.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateAccessKey.
    UpdateAccessKey {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: UpdateAccessKeyRequest,
        response: Empty,
        errors: [ram::USER_NOT_FOUND, ram::ACCESS_KEY_NOT_FOUND],
        required: ["UserAccessKeyId", "Status"],
    }
}

/// What [`UpdateAccessKey`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateAccessKeyRequest {
    /// `Active` or `Inactive`.
    pub status: String,
    /// The id of the key.
    pub user_access_key_id: String,
    /// Whose key, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for UpdateAccessKeyRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("Status", Some(&self.status), &["Active", "Inactive"]);
    }
}

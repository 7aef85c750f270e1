//! UpdateAccessKey.

use crate::ram::{RAM, USER, errors};
use crate::{Checker, Empty, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Switches an access key on or off.
    ///
    /// Source: RAM API reference 2015-05-01, UpdateAccessKey.
    UpdateAccessKey {
        product: RAM,
        bind: RPC,
        access: Update,
        resource: (USER, user_name),
        conditions: [],
        request: UpdateAccessKeyRequest,
        response: Empty,
        errors: [errors::USER_NOT_FOUND, errors::ACCESS_KEY_NOT_FOUND],
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
    /// Whose key; the caller where absent.
    pub user_name: Option<String>,
}

impl Validate for UpdateAccessKeyRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("Status", Some(&self.status), &["Active", "Inactive"]);
    }
}

//! UpdatePasskey.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Renames a passkey.
    ///
    /// Source: IMS API reference 2019-08-15, UpdatePasskey.
    UpdatePasskey {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: UpdatePasskeyRequest,
        response: Unbuilt,
        errors: [],
        required: ["PasskeyId", "PasskeyName"],
    }
}

/// What [`UpdatePasskey`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdatePasskeyRequest {
    /// The passkey's id.
    pub passkey_id: String,
    /// The new name.
    pub passkey_name: String,
    /// Whose passkey, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for UpdatePasskeyRequest {}

//! DeletePasskey.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a passkey.
    ///
    /// Source: IMS API reference 2019-08-15, DeletePasskey.
    DeletePasskey {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: DeletePasskeyRequest,
        response: Unbuilt,
        errors: [],
        required: ["PasskeyId"],
    }
}

/// What [`DeletePasskey`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeletePasskeyRequest {
    /// The passkey's id.
    pub passkey_id: String,
    /// Whose passkey, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for DeletePasskeyRequest {}

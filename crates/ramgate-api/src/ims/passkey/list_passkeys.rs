//! ListPasskeys.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the passkeys of a user.
    ///
    /// Source: IMS API reference 2019-08-15, ListPasskeys.
    ListPasskeys {
        product: IMS,
        bind: RPC,
        access: List,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: ListPasskeysRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListPasskeys`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListPasskeysRequest {
    /// Whose passkey, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for ListPasskeysRequest {}

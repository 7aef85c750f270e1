//! DeleteServiceCredential.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a credential for a service.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteServiceCredential.
    DeleteServiceCredential {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: DeleteServiceCredentialRequest,
        response: Unbuilt,
        errors: [],
        required: ["ServiceCredentialId"],
    }
}

/// What [`DeleteServiceCredential`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteServiceCredentialRequest {
    /// The credential's id.
    pub service_credential_id: String,
    /// Whose credential, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for DeleteServiceCredentialRequest {}

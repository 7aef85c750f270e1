//! UpdateServiceCredential.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Renames a credential for a service, or switches it on or off.
    ///
    /// Source: IMS API reference 2019-08-15, UpdateServiceCredential.
    UpdateServiceCredential {
        product: IMS,
        bind: RPC,
        access: Update,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: UpdateServiceCredentialRequest,
        response: Unbuilt,
        errors: [],
        required: ["ServiceCredentialId"],
    }
}

/// What [`UpdateServiceCredential`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct UpdateServiceCredentialRequest {
    /// The credential's id.
    pub service_credential_id: String,
    /// The new name, 1–128 characters.
    pub service_credential_name: Option<String>,
    /// `Active` or `Inactive`.
    pub status: Option<String>,
    /// Whose credential, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for UpdateServiceCredentialRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.length("ServiceCredentialName", self.service_credential_name.as_deref(), 1, 128);
        checker.one_of("Status", self.status.as_deref(), &["Active", "Inactive"]);
    }
}

//! GetServiceCredential.

use crate::ims::{IMS, targets};
use crate::ram::USER;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one credential for a service.
    ///
    /// Source: IMS API reference 2019-08-15, GetServiceCredential.
    GetServiceCredential {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: GetServiceCredentialRequest,
        response: Unbuilt,
        errors: [],
        required: ["ServiceCredentialId"],
    }
}

/// What [`GetServiceCredential`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetServiceCredentialRequest {
    /// The credential's id.
    pub service_credential_id: String,
    /// Whose credential, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for GetServiceCredentialRequest {}

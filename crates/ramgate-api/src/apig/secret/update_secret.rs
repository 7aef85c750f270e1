//! UpdateSecret.

use crate::apig::{APIG, SECRET, errors};
use crate::{Secret, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Changes the value of a secret.
    ///
    /// Source: APIG API reference 2024-03-27, UpdateSecret.
    UpdateSecret {
        product: APIG,
        bind: (PUT "/v1/secrets/{secretId}"),
        access: None,
        resource: (SECRET, secret_id),
        conditions: [],
        request: UpdateSecretRequest,
        response: Unbuilt,
        errors: [errors::SECRET_NOT_FOUND],
        required: ["secretData"],
    }
}

/// What [`UpdateSecret`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdateSecretRequest {
    /// The secret's id.
    pub secret_id: String,
    /// The value.
    pub secret_data: Secret,
}

impl Validate for UpdateSecretRequest {}

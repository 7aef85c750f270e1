//! DeleteSecret.

use crate::apig::{APIG, SECRET, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a secret that nothing refers to.
    ///
    /// Source: APIG API reference 2024-03-27, DeleteSecret.
    DeleteSecret {
        product: APIG,
        bind: (DELETE "/v1/secrets/{secretId}"),
        access: None,
        resource: (SECRET, secret_id),
        conditions: [],
        request: DeleteSecretRequest,
        response: Unbuilt,
        errors: [errors::SECRET_NOT_FOUND, errors::SECRET_IN_USE],
    }
}

/// What [`DeleteSecret`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct DeleteSecretRequest {
    /// The secret's id.
    pub secret_id: String,
}

impl Validate for DeleteSecretRequest {}

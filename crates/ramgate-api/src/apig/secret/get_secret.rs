//! GetSecret.

use crate::apig::{APIG, SECRET, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one secret without its value.
    ///
    /// Source: APIG API reference 2024-03-27, GetSecret.
    GetSecret {
        product: APIG,
        bind: (GET "/v1/secrets/{secretId}"),
        access: None,
        resource: (SECRET, secret_id),
        conditions: [],
        request: GetSecretRequest,
        response: Unbuilt,
        errors: [errors::SECRET_NOT_FOUND],
    }
}

/// What [`GetSecret`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetSecretRequest {
    /// The secret's id.
    pub secret_id: String,
}

impl Validate for GetSecretRequest {}

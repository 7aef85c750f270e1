//! GetSecretValue.

use crate::apig::{APIG, SECRET_VALUE, errors};
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns the value of the secret of this name.
    ///
    /// Source: APIG API reference 2024-03-27, GetSecretValue.
    GetSecretValue {
        product: APIG,
        bind: (GET "/v1/secrets/name/{name}/value"),
        access: None,
        resource: (ALL or (SECRET_VALUE, name)),
        conditions: [],
        request: GetSecretValueRequest,
        response: Unbuilt,
        errors: [errors::SECRET_NOT_FOUND],
    }
}

/// What [`GetSecretValue`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct GetSecretValueRequest {
    /// The secret's name.
    pub name: String,
}

impl Validate for GetSecretValueRequest {}

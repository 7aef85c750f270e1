//! CreateAccessKey.

use super::NewAccessKey;
use crate::ram::{RAM, USER, errors};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes an access key for a user, or for the caller. The secret is shown here and never again.
    ///
    /// Source: RAM API reference 2015-05-01, CreateAccessKey.
    CreateAccessKey {
        product: RAM,
        bind: RPC,
        access: Create,
        resource: (USER, user_name),
        conditions: [],
        request: CreateAccessKeyRequest,
        response: CreateAccessKeyResponse,
        errors: [errors::USER_NOT_FOUND, errors::ACCESS_KEY_LIMIT],
    }
}

/// What [`CreateAccessKey`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateAccessKeyRequest {
    /// Whose key; the caller where absent.
    pub user_name: Option<String>,
}

impl Validate for CreateAccessKeyRequest {}

/// What [`CreateAccessKey`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccessKeyResponse {
    /// The key.
    pub access_key: NewAccessKey,
}

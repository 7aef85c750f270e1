//! CreateAccessKey.

use super::NewAccessKey;
use crate::ims::{IMS, targets};
use crate::ram::{USER, errors as ram};
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes an access key for a user, or for the caller. The secret is shown here and never again.
    ///
    /// Source: IMS API reference 2019-08-15, CreateAccessKey.
    CreateAccessKey {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: (USER, user_principal_name by targets::named),
        conditions: [],
        request: CreateAccessKeyRequest,
        response: CreateAccessKeyResponse,
        errors: [ram::USER_NOT_FOUND, ram::ACCESS_KEY_LIMIT],
    }
}

/// What [`CreateAccessKey`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateAccessKeyRequest {
    /// Whose key, by logon name with its domain; the caller's where absent.
    pub user_principal_name: Option<String>,
}

impl Validate for CreateAccessKeyRequest {}

/// What [`CreateAccessKey`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct CreateAccessKeyResponse {
    /// The key.
    pub access_key: NewAccessKey,
}

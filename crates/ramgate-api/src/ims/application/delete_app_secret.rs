//! DeleteAppSecret.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes a secret of an OAuth application.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteAppSecret.
    DeleteAppSecret {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: DeleteAppSecretRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId", "AppSecretId"],
    }
}

/// What [`DeleteAppSecret`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteAppSecretRequest {
    /// The application's id.
    pub app_id: String,
    /// The secret's id.
    pub app_secret_id: String,
}

impl Validate for DeleteAppSecretRequest {}

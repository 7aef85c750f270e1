//! GetAppSecret.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one secret of an OAuth application.
    ///
    /// Source: IMS API reference 2019-08-15, GetAppSecret.
    GetAppSecret {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAppSecretRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId", "AppSecretId"],
    }
}

/// What [`GetAppSecret`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAppSecretRequest {
    /// The application's id.
    pub app_id: String,
    /// The secret's id.
    pub app_secret_id: String,
}

impl Validate for GetAppSecretRequest {}

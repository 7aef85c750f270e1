//! CreateAppSecret.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a secret for an OAuth application.
    ///
    /// Source: IMS API reference 2019-08-15, CreateAppSecret.
    CreateAppSecret {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [],
        request: CreateAppSecretRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`CreateAppSecret`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct CreateAppSecretRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for CreateAppSecretRequest {}

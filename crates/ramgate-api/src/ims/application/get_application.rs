//! GetApplication.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one OAuth application.
    ///
    /// Source: IMS API reference 2019-08-15, GetApplication.
    GetApplication {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`GetApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetApplicationRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for GetApplicationRequest {}

//! GetExternalApplication.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns one application of another account's that is installed.
    ///
    /// Source: IMS API reference 2019-08-15, GetExternalApplication.
    GetExternalApplication {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetExternalApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`GetExternalApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetExternalApplicationRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for GetExternalApplicationRequest {}

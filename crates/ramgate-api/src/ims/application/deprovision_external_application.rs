//! DeprovisionExternalApplication.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes an application of another account's out.
    ///
    /// Source: IMS API reference 2019-08-15, DeprovisionExternalApplication.
    DeprovisionExternalApplication {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: DeprovisionExternalApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`DeprovisionExternalApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeprovisionExternalApplicationRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for DeprovisionExternalApplicationRequest {}

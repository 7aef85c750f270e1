//! DeprovisionApplication.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Takes an installed application of this account's out of it.
    ///
    /// Source: IMS API reference 2019-08-15, DeprovisionApplication.
    DeprovisionApplication {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: DeprovisionApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`DeprovisionApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeprovisionApplicationRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for DeprovisionApplicationRequest {}

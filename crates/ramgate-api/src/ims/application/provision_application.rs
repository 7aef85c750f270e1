//! ProvisionApplication.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Installs an application of this account's in it.
    ///
    /// Source: IMS API reference 2019-08-15, ProvisionApplication.
    ProvisionApplication {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [],
        request: ProvisionApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`ProvisionApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ProvisionApplicationRequest {
    /// The application's id.
    pub app_id: String,
    /// The scopes it gets, separated by `;`.
    pub scopes: Option<String>,
}

impl Validate for ProvisionApplicationRequest {}

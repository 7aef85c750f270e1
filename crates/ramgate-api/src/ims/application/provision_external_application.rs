//! ProvisionExternalApplication.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Installs an application of another account's.
    ///
    /// Source: IMS API reference 2019-08-15, ProvisionExternalApplication.
    ProvisionExternalApplication {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [],
        request: ProvisionExternalApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`ProvisionExternalApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ProvisionExternalApplicationRequest {
    /// The application's id.
    pub app_id: String,
    /// The scopes it gets, separated by `;`.
    pub scopes: Option<String>,
}

impl Validate for ProvisionExternalApplicationRequest {}

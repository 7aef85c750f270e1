//! GetApplicationProvisionInfo.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells how an application is installed.
    ///
    /// Source: IMS API reference 2019-08-15, GetApplicationProvisionInfo.
    GetApplicationProvisionInfo {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetApplicationProvisionInfoRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`GetApplicationProvisionInfo`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetApplicationProvisionInfoRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for GetApplicationProvisionInfoRequest {}

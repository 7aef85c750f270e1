//! DeleteApplication.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Removes an OAuth application.
    ///
    /// Source: IMS API reference 2019-08-15, DeleteApplication.
    DeleteApplication {
        product: IMS,
        bind: RPC,
        access: Delete,
        resource: ALL,
        conditions: [],
        request: DeleteApplicationRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`DeleteApplication`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DeleteApplicationRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for DeleteApplicationRequest {}

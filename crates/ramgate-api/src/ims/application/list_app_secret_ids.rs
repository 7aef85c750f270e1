//! ListAppSecretIds.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the secrets of an OAuth application without showing them.
    ///
    /// Source: IMS API reference 2019-08-15, ListAppSecretIds.
    ListAppSecretIds {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListAppSecretIdsRequest,
        response: Unbuilt,
        errors: [],
        required: ["AppId"],
    }
}

/// What [`ListAppSecretIds`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListAppSecretIdsRequest {
    /// The application's id.
    pub app_id: String,
}

impl Validate for ListAppSecretIdsRequest {}

//! ListApplications.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the OAuth applications of the account.
    ///
    /// Source: IMS API reference 2019-08-15, ListApplications.
    ListApplications {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListApplicationsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListApplicationsRequest {}

impl Validate for ListApplicationsRequest {}

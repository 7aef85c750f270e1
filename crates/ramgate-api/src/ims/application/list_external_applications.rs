//! ListExternalApplications.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the applications of other accounts that are installed.
    ///
    /// Source: IMS API reference 2019-08-15, ListExternalApplications.
    ListExternalApplications {
        product: IMS,
        bind: RPC,
        access: List,
        resource: ALL,
        conditions: [],
        request: ListExternalApplicationsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListExternalApplicationsRequest {}

impl Validate for ListExternalApplicationsRequest {}

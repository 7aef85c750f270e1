//! GetGovernanceReportStatus.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells how far the report is.
    ///
    /// Source: IMS API reference 2019-08-15, GetGovernanceReportStatus.
    GetGovernanceReportStatus {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetGovernanceReportStatusRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGovernanceReportStatusRequest {}

impl Validate for GetGovernanceReportStatusRequest {}

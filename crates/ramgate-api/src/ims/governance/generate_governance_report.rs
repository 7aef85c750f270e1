//! GenerateGovernanceReport.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Makes a report on how identities are governed.
    ///
    /// Source: IMS API reference 2019-08-15, GenerateGovernanceReport.
    GenerateGovernanceReport {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [],
        request: GenerateGovernanceReportRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GenerateGovernanceReportRequest {}

impl Validate for GenerateGovernanceReportRequest {}

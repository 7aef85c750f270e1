//! GetAccountSecurityPracticeReport.

use crate::ims::IMS;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells how far the account follows the advice on credentials.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccountSecurityPracticeReport.
    GetAccountSecurityPracticeReport {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAccountSecurityPracticeReportRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccountSecurityPracticeReportRequest {}

impl Validate for GetAccountSecurityPracticeReportRequest {}

//! GetGovernanceItemReport.

use crate::ims::IMS;
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Returns the findings of one kind, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, GetGovernanceItemReport.
    GetGovernanceItemReport {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetGovernanceItemReportRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`GetGovernanceItemReport`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGovernanceItemReportRequest {
    /// The kind of finding.
    pub governance_item_type: Option<String>,
    /// Where the next page begins, as the answer before gave it.
    pub marker: Option<String>,
    /// Size of the page, 1–1,000; 1,000 where absent.
    pub max_items: Option<i32>,
}

impl Validate for GetGovernanceItemReportRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 1000);
    }
}

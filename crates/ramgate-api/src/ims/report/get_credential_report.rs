//! GetCredentialReport.

use crate::ims::{IMS, errors};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Returns the report of every user's credentials that was made last, page by page.
    ///
    /// Source: IMS API reference 2019-08-15, GetCredentialReport.
    GetCredentialReport {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetCredentialReportRequest,
        response: GetCredentialReportResponse,
        errors: [errors::CREDENTIAL_REPORT_NOT_FOUND],
    }
}

/// What [`GetCredentialReport`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetCredentialReportRequest {
    /// Users on a page, 1–3,501; 3,501 where absent.
    pub max_items: Option<i32>,
    /// Where the next page begins, as the answer before gave it.
    pub next_token: Option<String>,
}

impl Validate for GetCredentialReportRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.range("MaxItems", self.max_items.map(i64::from), 1, 3501);
    }
}

/// What [`GetCredentialReport`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetCredentialReportResponse {
    /// CSV, in Base64. Only the first page has the line of column names, so that the pages one after the other are
    /// the report.
    pub content: String,
    /// When the report was made, UTC.
    pub generated_time: String,
    /// `true` where more pages follow, else `false`.
    pub is_truncated: String,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

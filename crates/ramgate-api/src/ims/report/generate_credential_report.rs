//! GenerateCredentialReport.

use crate::ims::IMS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Makes a report of every user's credentials. One that is less than four hours old is kept.
    ///
    /// Source: IMS API reference 2019-08-15, GenerateCredentialReport.
    GenerateCredentialReport {
        product: IMS,
        bind: RPC,
        access: Create,
        resource: ALL,
        conditions: [],
        request: GenerateCredentialReportRequest,
        response: GenerateCredentialReportResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GenerateCredentialReportRequest {}

impl Validate for GenerateCredentialReportRequest {}

/// What [`GenerateCredentialReport`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GenerateCredentialReportResponse {
    /// `COMPLETED`: the report can be read.
    pub state: String,
}

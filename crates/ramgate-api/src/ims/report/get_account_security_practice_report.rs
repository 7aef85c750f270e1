//! GetAccountSecurityPracticeReport.

use crate::ims::IMS;
use crate::{Validate, operation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

operation! {
    /// Tells how far the account follows the advice on credentials. How the score comes about is not published; here it is
    /// the share of the advice that is followed, in percent.
    ///
    /// Source: IMS API reference 2019-08-15, GetAccountSecurityPracticeReport.
    GetAccountSecurityPracticeReport {
        product: IMS,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: GetAccountSecurityPracticeReportRequest,
        response: GetAccountSecurityPracticeReportResponse,
        errors: [],
    }
}

/// Nothing is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetAccountSecurityPracticeReportRequest {}

impl Validate for GetAccountSecurityPracticeReportRequest {}

/// What [`GetAccountSecurityPracticeReport`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct GetAccountSecurityPracticeReportResponse {
    /// The report.
    pub account_security_practice_info: SecurityPractice,
}

/// How far an account follows the advice on credentials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SecurityPractice {
    /// The share of the advice that is followed, 0–100.
    pub score: u32,
    /// What the score is made of.
    pub account_security_practice_user_info: SecurityPracticeFacts,
}

/// The facts behind a score. Old is a key made more than 90 days ago; unused is one that was active for 90 days without
/// being used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct SecurityPracticeFacts {
    /// Whether the account itself has a second factor. It does not log on, so it has none.
    pub bind_mfa: bool,
    /// Old keys of the account itself.
    pub old_ak_num: u32,
    /// Keys of the account itself.
    pub root_with_access_key: u32,
    /// Users.
    pub sub_user: u32,
    /// Users with an MFA device.
    pub sub_user_bind_mfa: u32,
    /// What passwords must be like: `low`, `mid` or `high`.
    pub sub_user_pwd_level: String,
    /// Users with an old key.
    pub sub_user_with_old_access_key: u32,
    /// Users with an unused key.
    pub sub_user_with_unused_access_key: u32,
    /// Unused keys of the account itself.
    pub unused_ak_num: u32,
}

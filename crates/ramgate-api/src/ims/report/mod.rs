//! Reports on the whole account.

mod generate_credential_report;
mod get_account_security_practice_report;
mod get_account_summary;
mod get_credential_report;
mod types;

pub use generate_credential_report::{
    GenerateCredentialReport, GenerateCredentialReportRequest, GenerateCredentialReportResponse,
};
pub use get_account_security_practice_report::{
    GetAccountSecurityPracticeReport, GetAccountSecurityPracticeReportRequest,
    GetAccountSecurityPracticeReportResponse, SecurityPractice, SecurityPracticeFacts,
};
pub use get_account_summary::{GetAccountSummary, GetAccountSummaryRequest, GetAccountSummaryResponse};
pub use get_credential_report::{GetCredentialReport, GetCredentialReportRequest, GetCredentialReportResponse};
pub use types::SummaryMap;

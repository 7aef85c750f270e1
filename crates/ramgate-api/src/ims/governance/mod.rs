//! Reports on how identities are governed.

mod generate_governance_report;
mod get_governance_item_report;
mod get_governance_report_status;
mod list_recent_governance_metrics;

pub use generate_governance_report::{GenerateGovernanceReport, GenerateGovernanceReportRequest};
pub use get_governance_item_report::{GetGovernanceItemReport, GetGovernanceItemReportRequest};
pub use get_governance_report_status::{GetGovernanceReportStatus, GetGovernanceReportStatusRequest};
pub use list_recent_governance_metrics::{ListRecentGovernanceMetrics, ListRecentGovernanceMetricsRequest};

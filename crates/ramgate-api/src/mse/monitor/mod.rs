//! Figures, health and alerts.

mod create_default_alert;
mod gateway_health_check_list;
mod gateway_query_monitor;
mod get_gateway_alarms;
mod query_default_alert_status;

pub use create_default_alert::{CreateDefaultAlert, CreateDefaultAlertRequest};
pub use gateway_health_check_list::{GatewayHealthCheckList, GatewayHealthCheckListRequest};
pub use gateway_query_monitor::{GatewayQueryMonitor, GatewayQueryMonitorRequest};
pub use get_gateway_alarms::{GetGatewayAlarms, GetGatewayAlarmsRequest};
pub use query_default_alert_status::{QueryDefaultAlertStatus, QueryDefaultAlertStatusRequest};

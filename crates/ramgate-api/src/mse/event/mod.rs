//! Events.

mod get_event_detail;
mod get_event_filter_options;
mod list_event_records;

pub use get_event_detail::{GetEventDetail, GetEventDetailRequest};
pub use get_event_filter_options::{GetEventFilterOptions, GetEventFilterOptionsRequest};
pub use list_event_records::{ListEventRecords, ListEventRecordsRequest};

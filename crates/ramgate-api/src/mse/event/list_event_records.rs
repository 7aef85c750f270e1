//! ListEventRecords.

use crate::mse::{MSE, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists events, newest first, page by page.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    ListEventRecords {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: ListEventRecordsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`ListEventRecords`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListEventRecordsRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Only events of this type.
    pub event_type: Option<String>,
    /// Only events of this level.
    pub event_level: Option<String>,
    /// The begin, milliseconds since the epoch.
    pub start_time: Option<i64>,
    /// The end, milliseconds since the epoch.
    pub end_time: Option<i64>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for ListEventRecordsRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

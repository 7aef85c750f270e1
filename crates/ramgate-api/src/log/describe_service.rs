//! DescribeService.

use crate::log::LOG;
use crate::{Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Tells whether the log service is open.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the log service.
    DescribeService {
        product: LOG,
        bind: RPC,
        access: Get,
        resource: ALL,
        conditions: [],
        request: DescribeServiceRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`DescribeService`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct DescribeServiceRequest {
    /// The region.
    pub region_id: Option<String>,
}

impl Validate for DescribeServiceRequest {}

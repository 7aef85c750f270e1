//! GetGatewayAlarms.

use crate::mse::{MSE, checks};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists alert rules with their state, page by page.
    ///
    /// Source: MSE user guide, RAM policies. No request format is published; this one follows the related
    /// operations.
    GetGatewayAlarms {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: ALL,
        conditions: [],
        request: GetGatewayAlarmsRequest,
        response: Unbuilt,
        errors: [],
    }
}

/// What [`GetGatewayAlarms`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetGatewayAlarmsRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Counted from 1; 1 where absent.
    pub page_number: Option<i32>,
    /// 10 where absent.
    pub page_size: Option<i32>,
}

impl Validate for GetGatewayAlarmsRequest {
    fn validate(&self, checker: &mut Checker) {
        checks::page_number(checker, self.page_number);
        checks::page_size(checker, self.page_size);
    }
}

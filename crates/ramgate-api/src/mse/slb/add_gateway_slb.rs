//! AddGatewaySlb.

use super::VService;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Binds a gateway to a load balancer.
    ///
    /// Source: MSE API reference 2019-05-31, AddGatewaySlb.
    AddGatewaySlb {
        product: MSE,
        bind: RPC,
        access: Write,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: AddGatewaySlbRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND, errors::ILLEGAL_REQUEST],
        required: ["SlbId"],
    }
}

/// What [`AddGatewaySlb`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct AddGatewaySlbRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The port for HTTP.
    pub http_port: Option<i32>,
    /// The port for HTTPS.
    pub https_port: Option<i32>,
    /// The servers behind HTTPS.
    pub https_v_server_group_id: Option<String>,
    /// The share of the load balancer.
    pub service_weight: Option<i32>,
    /// The load balancer's id.
    pub slb_id: String,
    /// `PUB_NET` or `PRIVATE_NET`.
    #[serde(rename = "Type")]
    pub kind: Option<String>,
    /// The servers behind it.
    pub v_server_group_id: Option<String>,
    /// Ports and the servers behind them.
    pub v_service_list: Vec<VService>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for AddGatewaySlbRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("Type", self.kind.as_deref(), &["PUB_NET", "PRIVATE_NET"]);
        naming::check(checker, self);
    }
}

//! GetMseSource.

use crate::mse::{INSTANCE, MSE, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists registries that can be a source.
    ///
    /// Source: MSE API reference 2019-05-31, GetMseSource.
    GetMseSource {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance_or_all),
        conditions: [],
        request: GetMseSourceRequest,
        response: Unbuilt,
        errors: [],
        required: ["Type"],
    }
}

/// What [`GetMseSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetMseSourceRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// `NACOS` or `ZOOKEEPER`.
    #[serde(rename = "Type")]
    pub kind: String,
    /// The virtual network's id.
    pub vpc_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetMseSourceRequest {
    fn validate(&self, checker: &mut Checker) {
        checker.one_of("Type", Some(&self.kind), &["NACOS", "ZOOKEEPER"]);
    }
}

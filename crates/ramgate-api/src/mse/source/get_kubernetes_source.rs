//! GetKubernetesSource.

use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Unbuilt, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists Kubernetes clusters that can be a source.
    ///
    /// Source: MSE API reference 2019-05-31, GetKubernetesSource.
    GetKubernetesSource {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: GetKubernetesSourceRequest,
        response: Unbuilt,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`GetKubernetesSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct GetKubernetesSourceRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// Whether clusters already bound are listed as well.
    pub is_all: Option<bool>,
    /// The virtual network's id.
    pub vpc_id: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for GetKubernetesSourceRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

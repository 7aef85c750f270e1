//! PullServices.

use super::AvailableNamespace;
use crate::mse::{INSTANCE, MSE, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists what the sources of a gateway have and is not imported yet.
    ///
    /// Source: MSE API reference 2019-05-31, PullServices.
    PullServices {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: PullServicesRequest,
        response: Vec<AvailableNamespace>,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`PullServices`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct PullServicesRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// The namespace.
    pub namespace: Option<String>,
    /// The source's number.
    pub source_id: Option<i64>,
    /// `VIP`, `DNS`, `K8s`, `MSE`, `MSE_ZK`, `EDAS`, `SAE` or `FC`.
    pub source_type: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for PullServicesRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
    }
}

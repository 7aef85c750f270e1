//! ListServiceSource.

use super::ServiceSource;
use crate::mse::{INSTANCE, MSE, checks, errors, naming};
use crate::{Checker, Validate, operation};
use schemars::JsonSchema;
use serde::Deserialize;

operation! {
    /// Lists the sources of a gateway.
    ///
    /// Source: MSE API reference 2019-05-31, ListServiceSource.
    ListServiceSource {
        product: MSE,
        bind: RPC,
        access: Read,
        resource: (INSTANCE, gateway_unique_id by naming::instance),
        conditions: [],
        request: ListServiceSourceRequest,
        response: Vec<ServiceSource>,
        errors: [errors::NOT_FOUND],
    }
}

/// What [`ListServiceSource`] is asked.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "PascalCase")]
pub struct ListServiceSourceRequest {
    /// The gateway's id, `gw-…`.
    pub gateway_unique_id: Option<String>,
    /// `K8s`, `MSE` (or `NACOS`), `MSE_ZK`, `EDAS` or `SAE`.
    pub source: Option<String>,
    /// The gateway's number; counts only where `GatewayUniqueId` is absent.
    pub gateway_id: Option<i64>,
}

impl Validate for ListServiceSourceRequest {
    fn validate(&self, checker: &mut Checker) {
        naming::check(checker, self);
        checker.one_of("Source", self.source.as_deref(), checks::SOURCES);
    }
}
